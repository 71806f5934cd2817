import { parseArgs } from 'node:util'
import { train, WordloomError } from 'wordloom'
import { encodeCorpus, type Vocabulary } from 'wordloom/text'
import { completeOptions, type Moment, type TrainingOptions } from 'wordloom/training'
import { noiseWeights } from '#equations/noise'
import { expectedKept } from '#training/plan/schedule'
import { describeMachine, heading, note, writeJson } from './machine.js'
import { countOf, frequencyLoss, type PairLosses, type Pairs, pairLosses } from './pair-losses.js'
import { medianOf, ratio } from './rounds.js'
import { type SoftmaxTimes, softmaxForms, timeSoftmax } from './softmax-times.js'
import { fixed, table } from './table.js'
import { pairsOf, readTreebankText } from './treebank.js'
import { numberFlag } from './variants.js'

export const softmaxUsage = `softmax  exact softmax and what negative sampling implies, epoch by epoch, in nats a pair; time of a pair
  --treebank FILE                    datasetSentences.txt of the Stanford Sentiment Treebank
  --epochs 5  --min-count 5  --dimensions 100  --seed 1  --simd fastest
  --words 1000,10000                 sizes of vocabulary to time a pair at, in
  --rounds 5  --seconds 6            of so many seconds
  --only losses                      or times`

const texts = ['trained', 'setAside'] as const
type Text = (typeof texts)[number]

/** Mean losses after each epoch, the first before any. */
type Course = Record<Text, PairLosses>[]

interface Material {
  readonly sentences: readonly (readonly string[])[]
  readonly vocabulary: Vocabulary
  readonly chosen: Partial<TrainingOptions>
  /** Those chosen, and the defaults. */
  readonly options: TrainingOptions
  readonly noise: Float64Array
  readonly pairs: Record<Text, Pairs>
}

export async function softmax(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: flags })
  if (values.only !== undefined && values.only !== 'losses' && values.only !== 'times')
    throw new WordloomError('usage', { found: `--only is "${values.only}", and must be losses or times` })
  const machine = describeMachine()
  process.stdout.write(heading('Exact softmax', [`Node ${process.version}`], machine))
  const courses = values.only === 'times' ? undefined : await reportLosses(values)
  const times = values.only === 'losses' ? undefined : await reportTimes(values)
  writeJson(values.json, machine, { courses, times })
}

const flags = {
  treebank: { type: 'string' },
  epochs: { type: 'string', default: '5' },
  'min-count': { type: 'string', default: '5' },
  dimensions: { type: 'string', default: '100' },
  seed: { type: 'string', default: '1' },
  simd: { type: 'string', default: 'fastest' },
  words: { type: 'string', default: '1000,10000' },
  rounds: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '6' },
  only: { type: 'string' },
  json: { type: 'string' },
} as const

type Values = ReturnType<typeof parseArgs<{ options: typeof flags }>>['values']

async function reportLosses(values: Values): Promise<Record<string, Course>> {
  const material = await materialOf(values.treebank, {
    epochs: numberFlag('epochs', values.epochs, 1),
    minCount: numberFlag('min-count', values['min-count'], 1),
    dimensions: numberFlag('dimensions', values.dimensions, 1),
    seed: numberFlag('seed', values.seed, 1),
    simd: values.simd as TrainingOptions['simd'],
    threads: 1,
  })
  const courses = {
    softmax: await courseOf('softmax', material),
    'negative-sampling': await courseOf('negative-sampling', material),
  }
  process.stdout.write(lossReport(material, courses))
  return courses
}

async function reportTimes(values: Values): Promise<Record<number, SoftmaxTimes>> {
  const times: Record<number, SoftmaxTimes> = {}
  for (const size of values.words.split(',')) {
    const words = numberFlag('words', size, 0)
    times[words] = await timeSoftmax({
      words,
      dimensions: numberFlag('dimensions', values.dimensions, 1),
      rounds: numberFlag('rounds', values.rounds, 1),
      seconds: numberFlag('seconds', values.seconds, 1),
    })
  }
  process.stdout.write(timeReport(times))
  return times
}

/** The same words, pairs and noise for both objectives. */
async function materialOf(treebank: string | undefined, chosen: Partial<TrainingOptions>): Promise<Material> {
  const options = completeOptions(chosen)
  const { trained, setAside } = await readTreebankText(treebank)
  const { vocabulary } = await encodeCorpus(trained, { minCount: options.minCount })
  return {
    sentences: trained,
    vocabulary,
    chosen,
    options,
    noise: noiseWeights(vocabulary.counts, options.noiseExponent),
    pairs: {
      trained: pairsOf(trained, vocabulary, options),
      setAside: pairsOf(setAside, vocabulary, options),
    },
  }
}

async function courseOf(
  objective: 'softmax' | 'negative-sampling',
  { sentences, vocabulary, chosen, noise, pairs }: Material,
): Promise<Course> {
  // All scores are 0 before the first step, since output vectors are.
  const before = (text: Text) => ({
    ofScores: Math.log(vocabulary.size),
    besideNoise: frequencyLoss(noise, pairs[text]),
  })
  const course: Course = [{ trained: before('trained'), setAside: before('setAside') }]
  const onEpoch = (moment: Moment) => {
    const vectors = moment.vectors()
    const losses = (text: Text) => pairLosses(vectors, noise, pairs[text])
    course.push({ trained: losses('trained'), setAside: losses('setAside') })
    note(`${objective}, epoch ${moment.epoch}: ${JSON.stringify(course.at(-1))}`)
  }
  await train(sentences, { ...chosen, objective, vocabulary, onEpoch })
  return course
}

function lossReport(material: Material, courses: Record<string, Course>): string {
  const { vocabulary, options } = material
  const told = `${options.dimensions} dimensions, ${options.epochs} epochs, window ${options.window}, sub-sampling ${options.subsampling}, learning rate ${options.learningRate}, ${options.negativeSamples} negative samples, seed ${options.seed}`
  return `
## Loss by epoch

The treebank, ${vocabulary.size.toLocaleString('en')} words seen ${options.minCount} times or more; skip-gram, ${told}, one thread. Mean over all pairs of −ln P(outside word | center word), in nats, and its exponential, the perplexity; all words are summed over, in float64. "Implied" takes P in proportion to noise · exp(score), which is what negative sampling learns; "scores" takes its scores for those of softmax.

${texts.map(text => lossTable(text, material, courses)).join('\n')}`
}

const titles: Record<Text, string> = {
  trained: 'sentences that were trained',
  setAside: 'sentences set aside, every twentieth',
}

function lossTable(text: Text, { vocabulary, options, pairs }: Material, courses: Record<string, Course>) {
  const columns = [
    ...['epoch', 'softmax, nats', 'perplexity', 'negative sampling, implied'],
    ...['perplexity', 'its scores', 'perplexity'],
  ]
  const [exact, sampled] = [courses.softmax!, courses['negative-sampling']!]
  const rows = exact.map((losses, epoch) => [
    String(epoch),
    ...[losses[text].ofScores, sampled[epoch]![text].besideNoise, sampled[epoch]![text].ofScores].flatMap(
      nats => [fixed(nats, 4), fixed(Math.exp(nats), 1)],
    ),
  ])
  const byFrequency = frequencyLoss(expectedKept(vocabulary, options.subsampling), pairs[text])
  const count = countOf(pairs[text]).toLocaleString('en')
  return `${count} pairs of ${titles[text]}; the frequencies of words alone give ${fixed(byFrequency, 4)} nats, perplexity ${fixed(Math.exp(byFrequency), 1)}.\n\n${table(columns, rows)}`
}

function timeReport(times: Record<number, SoftmaxTimes>): string {
  const rows = Object.entries(times).flatMap(([words, byForm]) =>
    softmaxForms.map(({ name }, form) => [
      words,
      name,
      fixed(1e6 * medianOf(byForm[form]!, seconds => seconds)!, 1),
      ratio(byForm[0]!, byForm[form]!, seconds => seconds),
    ]),
  )
  return `
## Time of a pair

Processor time of one thread, medians over rounds in which all forms take turns; in brackets the range of the ratio by rounds. The float64 forms give the loss and both gradients; the kernel, in float32, also moves the rows.

${table(['words', 'form', 'µs a pair', 'naive : form'], rows)}`
}
