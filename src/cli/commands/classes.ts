import { writeTogether } from '../../files/index.js'
import { chanceOf, clusterDirections, wordDirections } from '../../map/index.js'
import { integer } from '../../options/index.js'
import type { WordVectors } from '../../vectors/index.js'
import { openVectors } from '../files/open-vectors.js'
import { shownOutput } from '../files/output-files.js'
import { vectorsInput } from '../flags/inputs.js'
import { grouped } from '../terminal/figures.js'
import { filled } from '../verb/flags.js'
import { verb } from '../verb/verb.js'

/** The greatest number of classes that the words from which they are made can fill. */
const MOST_CLASSES = 2000

const own = {
  classes: integer(100, 1, MOST_CLASSES, 'classes; fewer words than that get one each'),
  seed: integer(1, 0, Number.MAX_SAFE_INTEGER, 'start of every random draw'),
}

export const classes = verb({
  name: 'classes',
  summary: 'part the words into classes of near ones',
  description:
    'Parts the words by k-means over the angles between their vectors and writes a line for each, the word, a blank and ' +
    'the number of its class, class after class, as word2vec’s -classes does. The 2,000 most frequent words make the ' +
    'classes, and the others join the nearest.',
  examples: [['wordloom classes vectors.safetensors -o classes.txt --classes 200', 'a number for each word']],
  inputs: { vectors: vectorsInput },
  flags: {
    output: {
      kind: 'file',
      use: 'write',
      required: true,
      help: 'where the lines go, or - for standard output',
    },
    ...own,
  },
  async run({ vectors: path }, flags) {
    const { output } = flags
    const { classes: wanted, seed } = filled(own, flags)
    const vectors = await openVectors(path)
    const count = Math.min(wanted, vectors.size)
    const ofWords = clusterDirections(wordDirections(vectors), count, chanceOf(seed))
    await writeTogether([{ path: output, chunks: linesOf(vectors, ofWords, count) }])
    return {
      json: { output, words: vectors.size, classes: count },
      text: () => `${grouped(vectors.size)} words in ${grouped(count)} classes → ${shownOutput(output)}`,
    }
  },
})

/** Words byte for byte, those of a class in the order of the vocabulary. */
function* linesOf(
  { vocabulary, size }: WordVectors,
  ofWords: Int32Array,
  count: number,
): Generator<Uint8Array<ArrayBuffer>> {
  const members = Array.from({ length: count }, (): number[] => [])
  for (let id = 0; id < size; id++) members[ofWords[id]!]!.push(id)
  for (const [number, ids] of members.entries())
    for (const id of ids) {
      const end = new TextEncoder().encode(` ${number}\n`)
      const word = vocabulary.bytes(id)
      const line = new Uint8Array(word.length + end.length)
      line.set(word)
      line.set(end, word.length)
      yield line
    }
}
