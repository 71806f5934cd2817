import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { option, say, WordloomError } from '../../errors.js'
import { asWriteError, type Output, plainSize, writeTogether } from '../../files/index.js'
import { openVectorFile } from '../../formats/index.js'
import { integer, text, UNBOUNDED } from '../../options/index.js'
import { openVectors } from '../files/open-vectors.js'
import { vectorsInput } from '../flags/inputs.js'
import { contentOf, type StudioFiles, type StudioVectors, studioFiles } from '../studio/files.js'
import { serveStudio } from '../studio/server.js'
import { interruptible } from '../terminal/interrupt.js'
import { openBrowser } from '../terminal/open-browser.js'
import { print, printJson, tell } from '../terminal/terminal.js'
import type { FlagsOf } from '../verb/flags.js'
import { type Answer, type Told, verb } from '../verb/verb.js'

const PORT = 4224
/** Files of other formats are read here and given on. This many words load quickly, and make a full map. */
const WORDS = 100_000

const flags = {
  port: integer(PORT, 0, 65_535, 'where to serve; taken ports are passed over, 0 is any'),
  limit: integer(
    WORDS,
    1,
    UNBOUNDED,
    'words of a file, the most frequent ones; .safetensors are served whole',
    {
      otherwise: `${WORDS}`,
    },
  ),
  out: {
    ...text(undefined, 'where the page goes as static files, and nothing is served'),
    placeholder: '<folder>',
  },
  open: { kind: 'flag', default: false, help: 'open it in the browser' },
} as const

type StudioFlags = FlagsOf<typeof flags>

export const studio = verb({
  name: 'studio',
  summary: 'explore a map of your words, and every number of a gradient, in your browser',
  description:
    'Serves the studio to this machine: a map of all words of a file, with their true neighbours, analogies and a ' +
    'second model beside the first; and a microscope that takes one guess of word2vec apart, with every score, ' +
    'error, gradient and step. Ctrl-C ends it.',
  examples: [
    ['wordloom studio vectors.safetensors', 'a map of your vectors'],
    ['wordloom studio 1990s.safetensors 2010s.safetensors', 'two maps, one laid on the other'],
    ['wordloom studio', 'the microscope: a sentence with small vectors'],
    ['wordloom studio --out site', 'static files for any web host'],
  ],
  inputs: {
    vectors: { ...vectorsInput, optional: true },
    other: { optional: true, file: 'read', help: 'a second one of as many dimensions, to compare' },
  },
  flags,
  plan({ vectors }, flags) {
    checkTogether(vectors, flags)
    return {}
  },
  async run({ vectors, other }, flags) {
    const models: StudioVectors[] = []
    for (const path of [vectors, other].filter(path => path !== undefined))
      models.push({ name: basename(path), vectors: await vectorsFor(path, flags) })
    await checkAlike(models, [vectors, other])
    const files = await studioFiles(...models)
    if (flags.out !== undefined) return written(files, flags.out)
    await serve(files, flags)
    return undefined
  },
})

/** One is laid on the other, for which both must have as many dimensions. Throws `bad-data`. */
async function checkAlike(
  models: readonly StudioVectors[],
  [first, second]: readonly (string | undefined)[],
): Promise<void> {
  if (first === undefined || second === undefined) return
  const [one, other] = await Promise.all(models.map(({ vectors }) => dimensionsOf(vectors)))
  if (one === other) return
  throw new WordloomError('bad-data', {
    place: { file: second },
    found: `its vectors have ${other} dimensions`,
    expected: `${one}, as those of ${first}`,
    cure: 'give two models of as many dimensions',
  })
}

async function dimensionsOf(vectors: StudioVectors['vectors']): Promise<number> {
  if (!('path' in vectors)) return vectors.dimensions
  const file = await openVectorFile(vectors.path)
  await file.close()
  return file.dimensions
}

/** A file of our own is served as it lies on the disk, however large; others are read and given on as one. */
async function vectorsFor(path: string, { limit }: StudioFlags): Promise<StudioVectors['vectors']> {
  const size = limit === undefined ? await plainSize(path) : undefined
  if (size !== undefined && (await isOurs(path))) return { path, size }
  return openVectors(path, { limit: limit ?? WORDS })
}

async function isOurs(path: string): Promise<boolean> {
  if (!path.toLowerCase().endsWith('.safetensors')) return false
  try {
    await (await openVectorFile(path)).close()
    return true
  } catch {
    return false // reading it whole tells what is wrong, or that it is of another kind
  }
}

function checkTogether(path: string | undefined, { out, port, open, limit }: StudioFlags): void {
  if (out !== undefined && (port !== undefined || open))
    throw new WordloomError('usage', {
      found: say`${option('out')} serves nothing`,
      cure: say`leave out ${option('port')} and ${option('open')}`,
    })
  if (limit !== undefined && path === undefined)
    throw new WordloomError('usage', {
      found: say`${option('limit')} is for a file of vectors`,
      cure: 'name one',
    })
}

async function written(files: StudioFiles, folder: string): Promise<Answer> {
  const outputs: Output[] = []
  for (const [name, bytes] of pageLast(files)) {
    const path = join(folder, ...name.split('/'))
    await makeFolder(join(path, '..'))
    outputs.push({ path, chunks: contentOf(bytes) })
  }
  await writeTogether(outputs)
  return {
    json: { folder, files: [...files.keys()].sort() },
    text: () =>
      `${files.size} files → ${folder}; any web host can serve them, or open ${join(folder, 'index.html')}`,
  }
}

/** The page is what is read first. */
function pageLast(files: StudioFiles) {
  return [...files].sort(([a], [b]) => Number(a === 'index.html') - Number(b === 'index.html'))
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EEXIST' && code !== 'ENOTDIR') throw asWriteError(error, path)
    throw new WordloomError(
      'not-written',
      { place: { file: path }, found: 'a file is in the place of the folder', cure: 'name another' },
      { cause: error },
    )
  }
}

/** Serves until Ctrl-C, which is the way to end it and no failure. */
async function serve(files: StudioFiles, { port = PORT, open, json }: StudioFlags & Told): Promise<void> {
  await interruptible(async signal => {
    const server = await serveStudio(files, port)
    if (json) printJson({ url: server.url })
    else print(server.url)
    tell('The studio is served to this machine; Ctrl-C ends it.')
    if (open) openBrowser(server.url)
    if (!signal.aborted) await new Promise(resolve => signal.addEventListener('abort', resolve))
    await server.close()
  })
}
