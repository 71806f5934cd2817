import { encodeCorpus, Vocabulary } from 'wordloom/text'
import { completeOptions } from 'wordloom/training'
import { MadeUpWords, madeUpVectors } from '#cost/made-up-words'
import { timedObjectives } from '#cost/objectives'
import { timePerPair, type Work } from '#cost/stopwatch'
import { Random } from '#math/random'
import { blockRange } from '#training/plan/blocks'
import { engineFor } from '#training/run/engine'
import { prepare } from '#training/run/prepare'
import { fastestSimd, type Simd } from '#training/training-kernels'
import { spent } from './phase-clock.js'

/** A way to the loss of a pair under exact softmax and to what it moves. */
export interface SoftmaxForm {
  readonly name: string
  readonly work: (words: number, dimensions: number) => Work | Promise<Work>
}

/** Seconds a pair, by form, then by round. */
export type SoftmaxTimes = readonly (readonly number[])[]

/** Of the text that the kernel learns: enough for a dozen batches and more. */
const SENTENCES = 6
const SENTENCE_LENGTH = 20

const builds: Simd[] = fastestSimd() === 'relaxed' ? ['plain', 'relaxed'] : ['plain']

/** The naive form first. It and the one in batches give gradients and move nothing; the kernel moves the rows, too. */
export const softmaxForms: readonly SoftmaxForm[] = [
  { name: 'naive, pair by pair, float64', work: equationsWork('naive softmax') },
  { name: 'in batches of 16, float64', work: equationsWork('batched softmax') },
  ...builds.map(simd => ({
    name: `kernel, ${simd} SIMD`,
    work: (words: number, dimensions: number) => kernelWork(words, dimensions, simd),
  })),
]

export interface SoftmaxTiming {
  readonly words: number
  readonly dimensions: number
  readonly rounds: number
  /** Of a round. */
  readonly seconds: number
}

/** All forms take turns, in every round anew; processor time. */
export async function timeSoftmax({
  words,
  dimensions,
  rounds,
  seconds,
}: SoftmaxTiming): Promise<SoftmaxTimes> {
  const works: Work[] = []
  for (const { work } of softmaxForms) works.push(await work(words, dimensions))
  const now = () => spent().cpuSeconds
  const byRound = Array.from({ length: rounds }, () => timePerPair(works, { seconds, now }))
  return works.map((_, form) => byRound.map(times => times[form]!))
}

function equationsWork(name: string): SoftmaxForm['work'] {
  const objective = timedObjectives.find(timed => timed.name === name)!
  return (words, dimensions) => objective.work(new MadeUpWords(madeUpVectors(words, dimensions), words), 1)
}

/** One call of the kernel that trains, on a short text over a vocabulary of so many words. */
async function kernelWork(words: number, dimensions: number, simd: Simd): Promise<Work> {
  const names = Array.from({ length: words }, (_, word) => `w${word}`)
  const vocabulary = Vocabulary.of(
    names,
    Float64Array.from(names, (_, word) => Math.ceil(1e6 / (word + 1))),
  )
  const corpus = await encodeCorpus(madeUpSentences(names), { vocabulary })
  const options = completeOptions({ objective: 'softmax', dimensions, subsampling: 0, threads: 1, simd })
  const { tasks, memory } = prepare(corpus, options)
  const engine = engineFor(tasks[0]!, memory, corpus.ids)
  const keys = { keepKey: 1, windowKey: 2, negativeKey: 0, ownNegativeKey: 0 }
  const keep = new Uint32Array(words).fill(0xffffffff)
  const range = blockRange(corpus.ids, 0, { window: options.window, keep, ...keys })
  // Small, since it goes over the same text thousands of times.
  const train = () => engine.trainWindows(range, keys, options.learningRate / 100)
  return { pairs: train().pairs, run: () => train().loss }
}

/** Words that follow Zipf's law. */
function madeUpSentences(names: readonly string[]): string[][] {
  const random = new Random(1, 0)
  const word = () => names[Math.floor(names.length ** random.uniform()) - 1]!
  return Array.from({ length: SENTENCES }, () => Array.from({ length: SENTENCE_LENGTH }, word))
}
