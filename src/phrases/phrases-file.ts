import { type Place, WordloomError } from '../errors.js'
import { compressedFor, readBytes, writeWhole } from '../files/index.js'
import type { PhrasesParts } from './phrase.js'
import { phraseScorings } from './score.js'

const FORMAT = 'wordloom phrases 1'
const PHRASES_AT_ONCE = 4096
/** A file that is larger after decompression than a string can be is none of ours. */
const MOST_BYTES = 2 ** 29

/** JSON with a phrase on each line, so that people can read it and take lines out. */
export async function writePhrasesFile(phrases: PhrasesParts, path: string): Promise<void> {
  await writeWhole(path, compressedFor(path, bytesOf(phrases)))
}

function* bytesOf(phrases: PhrasesParts): Generator<Uint8Array> {
  for (const text of textOf(phrases)) yield Buffer.from(text)
}

function* textOf({ scoring, minCount, separator, connectors, passes }: PhrasesParts): Generator<string> {
  const head = JSON.stringify({ format: FORMAT, scoring, minCount, separator, connectors })
  yield `${head.slice(0, -1)},"passes":[`
  for (const [i, { threshold, phrases }] of passes.entries()) {
    yield `${i > 0 ? ',' : ''}\n{"threshold":${threshold},"phrases":[`
    for (let from = 0; from < phrases.length; from += PHRASES_AT_ONCE) {
      const lines = phrases.slice(from, from + PHRASES_AT_ONCE).map(phrase => JSON.stringify(phrase))
      yield `${from > 0 ? ',' : ''}\n${lines.join(',\n')}`
    }
    yield '\n]}'
  }
  yield ']}\n'
}

/** Throws `no-input` if the file cannot be opened, `bad-data` if it holds something else, naming the place. */
export async function readPhrasesFile(path: string): Promise<PhrasesParts> {
  let parsed: unknown
  try {
    parsed = JSON.parse(await textIn(path))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw wrong({ file: path }, 'this is not JSON', error)
  }
  return checked(parsed, path)
}

async function textIn(path: string): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of readBytes(path)) {
    chunks.push(Buffer.from(chunk)) // a copy: the chunk is used again
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw wrong({ file: path }, 'it is larger than 512 MB')
  }
  return new TextDecoder().decode(Buffer.concat(chunks)) // without a byte order mark
}

function checked(value: unknown, path: string): PhrasesParts {
  const file = fields(value)
  const { scoring, minCount, separator, connectors, passes } = file as unknown as PhrasesParts
  if (file.format !== FORMAT)
    throw wrong({ file: path }, `its "format" is ${shown(file.format)}, not "${FORMAT}"`)
  if (!phraseScorings.includes(scoring)) throw wrong({ file: path }, `its "scoring" is ${shown(scoring)}`)
  if (!isCount(minCount)) throw wrong({ file: path }, `its "minCount" is ${shown(minCount)}`)
  if (typeof separator !== 'string') throw wrong({ file: path }, `its "separator" is ${shown(separator)}`)
  if (!isWords(connectors)) throw wrong({ file: path }, 'its "connectors" are not an array of words')
  if (!Array.isArray(passes)) throw wrong({ file: path }, 'it has no array "passes"')
  passes.forEach((pass, i) => {
    checkPass(fields(pass), path, `pass ${i + 1}`)
  })
  return { scoring, minCount, separator, connectors, passes }
}

function checkPass({ threshold, phrases }: Record<string, unknown>, file: string, part: string): void {
  const place = { file, part }
  if (!Number.isFinite(threshold)) throw wrong(place, `its "threshold" is ${shown(threshold)}`)
  if (!Array.isArray(phrases)) throw wrong(place, 'it has no array "phrases"')
  for (const [i, phrase] of phrases.entries()) {
    const { words, count, score } = fields(phrase)
    if (!isWords(words) || words.length < 2)
      throw wrong(
        { file, part: `${part}, phrase ${i + 1}` },
        `its "words" are ${shown(words)}, not two words or more`,
      )
    if (!isCount(count) || !Number.isFinite(score))
      throw wrong(
        { file, part: `${part}, phrase ${i + 1}` },
        `count ${shown(count)} and score ${shown(score)} are not numbers`,
      )
  }
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function isWords(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(word => typeof word === 'string' && word !== '')
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'missing').slice(0, 60)
}

function wrong(place: Place, found: string, cause?: unknown): WordloomError {
  return new WordloomError(
    'bad-data',
    { place, found, expected: 'a file as `wordloom phrases corpus.txt -o phrases.json` writes it' },
    { cause },
  )
}
