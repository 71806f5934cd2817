import { accessSync, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { WordloomError } from 'wordloom'
import { readBytes } from '#files/index'

/** Test data lies beside the project, never in it. */
const data = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

const MEGABYTE = 1e6
/** word2vec.c and pWord2Vec cut lines there anyhow, fastText soon after; gensim drops what comes after 10,000. */
const LONGEST_LINE = 1000
const SPACE = 0x20
const NEWLINE = 0x0a

/** The text to measure on. Throws `no-input` where there is none. */
export function findCorpus(given: string | undefined): string {
  const path = given ?? join(data, 'english/wiki100m.gz')
  return requireFile(path, 'give a text with --corpus, or put the test data in ../shared beside the project')
}

/** The analogies and the two lists of word pairs by which vectors are judged. Throws `no-input`. */
export function findQuestions(folder = join(data, 'eval')): Questions {
  const hint = 'give the folder of the evaluation sets with --evaluation'
  const path = (name: string) => requireFile(join(folder, name), hint)
  return {
    analogies: path('analogy/questions-words.txt'),
    wordSim: path('similarity/wordsim353.tsv'),
    simLex: path('similarity/simlex999.txt'),
  }
}

export interface Questions {
  readonly analogies: string
  readonly wordSim: string
  readonly simLex: string
}

/** A file of the test data. Throws `no-input`, with the hint, where there is none. */
export function requireData(name: string, hint: string): string {
  return requireFile(join(data, name), `${hint}, or put the test data in ../shared beside the project`)
}

function requireFile(path: string, hint: string): string {
  try {
    accessSync(path)
  } catch {
    throw new WordloomError('no-input', { found: `${path}: there is no such file; ${hint}` })
  }
  return path
}

/** The decompressed text, or only its beginning. */
export async function* readText(path: string, megabytes = Number.POSITIVE_INFINITY) {
  let left = megabytes * MEGABYTE
  for await (const bytes of readBytes(path)) {
    yield bytes.subarray(0, Math.min(bytes.length, left))
    left -= bytes.length
    if (left <= 0) return
  }
}

/** Writes the text for programs that read neither gzip nor long lines: one file, the same for all of them. */
export async function writePlain(from: string, to: string, megabytes?: number): Promise<void> {
  await pipeline(cutLines(readText(from, megabytes)), createWriteStream(to))
}

async function* cutLines(chunks: AsyncIterable<Uint8Array>) {
  let words = 0
  for await (const chunk of chunks) {
    const bytes = Uint8Array.from(chunk)
    for (let i = 0; i < bytes.length; i++) {
      if (bytes[i] === NEWLINE) words = 0
      if (bytes[i] !== SPACE || ++words < LONGEST_LINE) continue
      bytes[i] = NEWLINE
      words = 0
    }
    yield bytes
  }
  yield Uint8Array.of(NEWLINE) // word2vec.c loses a last line without one
}
