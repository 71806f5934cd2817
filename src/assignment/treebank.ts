import { WordloomError } from '../errors.js'
import { readText, sha256 } from '../files/index.js'

/** The Stanford Sentiment Treebank as the assignment reads it. */
export interface Treebank {
  /** By id: words as they appear first, then UNK. */
  readonly words: readonly string[]
  /** By id, how often in the text; UNK counts as seen once. */
  readonly counts: Uint32Array
  /** The words of all sentences, one after the other. */
  readonly ids: Int32Array
  /** Sentence s is ids[starts[s] … starts[s + 1]). */
  readonly starts: Int32Array
  /** SHA-256 of the words and their order, by which a checkpoint knows its treebank. */
  readonly digest: string
}

const HEADER = 'sentence_index'
/** The word that no sentence has. */
const UNKNOWN = 'UNK'
/** What Python's `str.split` divides at. It parts some words of this file, whose accents were encoded twice. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python counts these four as white space
const WHITE_SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/

/**
 * Reads datasetSentences.txt as UTF-8: a header, then lines of a number and a sentence, whose words are lower-cased.
 * Throws `no-input` if it cannot be opened and `bad-data` if it is another file.
 */
export async function readTreebank(path: string): Promise<Treebank> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of readText(path)) text += decoder.decode(chunk, { stream: true })
  const [header, ...lines] = (text + decoder.decode()).split(/\r\n|\r|\n/)
  if (!header.startsWith(HEADER))
    throw new WordloomError('bad-data', {
      place: { file: path, line: 1 },
      found: `the first line is ${JSON.stringify(header.slice(0, 40))}`,
      expected: `"${HEADER} sentence"`,
      cure: 'give the file datasetSentences.txt of the Stanford Sentiment Treebank, or its folder',
    })
  const treebank = treebankOf(lines.filter(line => line !== '').map(sentenceOf))
  if (treebank.ids.length > 0) return treebank
  throw new WordloomError('bad-data', {
    place: { file: path },
    found: 'there are no sentences after the first line',
  })
}

/** Numbers the words of sentences: a treebank from anywhere else than a file. */
export function treebankOf(sentences: readonly (readonly string[])[]): Treebank {
  const idOf = new Map<string, number>()
  const ids: number[] = []
  const starts = [0]
  for (const sentence of sentences) {
    for (const word of sentence) {
      const id = idOf.get(word) ?? idOf.size
      idOf.set(word, id)
      ids.push(id)
    }
    starts.push(ids.length)
  }
  const counts = new Uint32Array(idOf.size + 1)
  for (const id of ids) counts[id]++
  counts[idOf.size] = 1
  const digest = sha256()
  digest.update(new TextEncoder().encode(JSON.stringify(sentences)))
  return {
    words: [...idOf.keys(), UNKNOWN],
    counts,
    ids: Int32Array.from(ids),
    starts: Int32Array.from(starts),
    digest: digest.finish(),
  }
}

/** The words of a line but for its first, the number of the sentence. */
function sentenceOf(line: string): string[] {
  const words = line.split(WHITE_SPACE).filter(word => word !== '')
  return words.slice(1).map(word => word.toLowerCase())
}
