import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Command } from 'commander'
import { WordloomError } from '../../errors.js'
import { type Output, plainSize, writeTogether } from '../../files/index.js'
import { openVectorFile } from '../../formats/index.js'
import { grouped } from '../figures.js'
import { interruptible } from '../interrupt.js'
import { openBrowser } from '../open-browser.js'
import { openVectors } from '../open-vectors.js'
import { contentOf, type StudioFiles, type StudioVectors, studioFiles } from '../studio-files.js'
import { serveStudio } from '../studio-server.js'
import { print, printJson, tell } from '../terminal.js'
import { numberIn, positive } from '../values.js'
import { verb } from '../verb.js'

const PORT = 4224
/** Files of other formats are read here and given on; so many words are quick to load, and a full map. */
const WORDS = 100_000

interface StudioFlags {
  readonly port?: number
  readonly limit?: number
  readonly out?: string
  readonly open?: true
  readonly json?: true
}

export function studioCommand(): Command {
  const command = verb({
    name: 'studio',
    summary: 'a map of your words, and every number of a gradient, in your browser',
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
  })
  return command
    .argument('[vectors]', 'a file of word vectors, in any format that convert knows')
    .argument('[other]', 'a second one of as many dimensions, to compare')
    .option('--port <n>', `where to serve; taken ports are passed over, 0 is any (default ${PORT})`, port)
    .option(
      '--limit <n>',
      `only the first n words of a file (default ${grouped(WORDS)}; .safetensors are served whole)`,
      positive,
    )
    .option('--out <folder>', 'write the page there as static files and serve nothing')
    .option('--open', 'open it in the browser')
    .option('--json', 'print JSON')
    .action(studio)
}

const port = numberIn({ kind: 'integer', min: 0, max: 65_535 })

async function studio(
  path: string | undefined,
  other: string | undefined,
  flags: StudioFlags,
): Promise<void> {
  checkTogether(path, flags)
  const paths = [path, other].filter(given => given !== undefined)
  const models: StudioVectors[] = []
  for (const given of paths) models.push({ name: basename(given), vectors: await vectorsFor(given, flags) })
  const files = await studioFiles(...models)
  if (flags.out !== undefined) await writeFiles(files, flags.out, flags)
  else await serve(files, flags)
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
    throw new WordloomError('usage', '--out serves nothing; leave out --port and --open')
  if (limit !== undefined && path === undefined)
    throw new WordloomError('usage', '--limit is for a file of vectors; name one')
}

async function writeFiles(files: StudioFiles, folder: string, { json }: StudioFlags): Promise<void> {
  const outputs: Output[] = []
  for (const [name, bytes] of pageLast(files)) {
    const path = join(folder, ...name.split('/'))
    await makeFolder(join(path, '..'))
    outputs.push({ path, chunks: contentOf(bytes) })
  }
  await writeTogether(outputs)
  if (json) printJson({ folder, files: [...files.keys()].sort() })
  else
    print(
      `${files.size} files → ${folder}; any web host can serve them, or open ${join(folder, 'index.html')}`,
    )
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
    throw new WordloomError('not-written', `${path}: the folder cannot be made (${code}); name another`, {
      cause: error,
    })
  }
}

/** Serves until Ctrl-C, which is the way to end it and no failure. */
async function serve(files: StudioFiles, { port = PORT, open, json }: StudioFlags): Promise<void> {
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
