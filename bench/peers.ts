import { parseArgs } from 'node:util'
import { WordloomError } from 'wordloom'
import { type Outcome, other, prepare, type System, wordloom } from './contenders.js'
import { findCorpus, findQuestions, type Questions } from './corpus.js'
import { describeMachine, heading, note, writeJson } from './machine.js'
import { inRounds, medianOf, ratio } from './rounds.js'
import { describeText } from './speed.js'
import { type Setting, systems, type Work, works } from './systems.js'
import { fixed, table } from './table.js'
import { inTemporaryFolder } from './temporary.js'
import { combinations, describeVariants, numberFlag, sharedFlags, withNodes } from './variants.js'

export const peersUsage = `peers    Wordloom beside other trainers: speed, memory and accuracy on the same work
  --word2vec PATH  --pword2vec PATH  --fasttext PATH  --gensim PYTHON
  --corpus FILE  --megabytes N  --evaluation FOLDER
  --rounds 3  --epochs 5  --dimensions 100,300  --threads 1,2
  --work skip-gram                   or a list of skip-gram, cbow, and each with -hierarchical or -subwords
  --schedule, --simd, --node         of Wordloom, as for speed; the first combination is what peers are held against
  --printed                          take the peers' own figures of training speed, and save their runs of one epoch`

export async function peers(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: peersFlags })
  const given = Object.entries(systems).flatMap(([flag, peer]) => {
    const program = values[flag as keyof typeof systems]
    return program === undefined ? [] : [{ peer, program }]
  })
  const { schedule, simd } = values
  const variants = withNodes(combinations({ schedule, simd }), values.node)
  const sizes = combinations({ dimensions: values.dimensions, threads: values.threads }) as Size[]
  const settings = worksOf(values.work).flatMap(work => sizes.map(size => ({ ...size, work })))
  const epochs = numberFlag('epochs', values.epochs, 5)
  const rounds = numberFlag('rounds', values.rounds, 3)
  const byDifference = epochs > 1 && !values.printed
  const source = findCorpus(values.corpus)
  const questions = findQuestions(values.evaluation)
  const megabytes = values.megabytes ? numberFlag('megabytes', values.megabytes, 0) : undefined

  const machine = describeMachine()
  await inTemporaryFolder(async folder => {
    const place = await prepare(folder, source, megabytes)
    const conditions = [
      describeText(place.text, source),
      `Wordloom: ${describeVariants(variants).common}`,
      `${count(rounds, 'round')}, ${count(epochs, 'epoch')}`,
    ]
    const guide = readersGuide(byDifference)
    process.stdout.write(heading('Wordloom and its peers', [...conditions, ...guide], machine))
    const all: unknown[] = []
    for (const setting of settings) {
      const contenders = [
        ...variants.map(variant => wordloom(variant, variants, place)),
        ...given
          .filter(({ peer }) => peer.can(setting.work))
          .map(({ peer, program }) => other(peer, program, byDifference, place)),
      ]
      const results = await inRounds(contenders, rounds, (system, round) =>
        runNoted(system, { ...setting, corpus: place.corpus, epochs }, round === 0 ? questions : undefined),
      )
      process.stdout.write(`\n## ${title(setting)}\n\n${peersTable(contenders, results)}`)
      const named = contenders.map(({ name }, i) => ({ name, rounds: results[i] }))
      all.push({ ...setting, systems: named })
      writeJson(values.json, machine, all) // also what is done so far: all of it takes hours
    }
  })
}

const { subsampling: _, ...flags } = sharedFlags // the same for all

const peersFlags = {
  ...flags,
  dimensions: { type: 'string', default: '100,300' },
  threads: { type: 'string', default: '1,2' },
  simd: { type: 'string', default: 'plain,fastest' },
  epochs: { type: 'string', default: '5' },
  work: { type: 'string', default: 'skip-gram' },
  evaluation: { type: 'string' },
  printed: { type: 'boolean', default: false },
  word2vec: { type: 'string' },
  pword2vec: { type: 'string' },
  gensim: { type: 'string' },
  fasttext: { type: 'string' },
} as const

type Size = Pick<Setting, 'dimensions' | 'threads'>
type Kind = Pick<Setting, 'dimensions' | 'threads' | 'work'>

/** Throws `usage` for work that nobody knows. */
function worksOf(list: string): Work[] {
  return list.split(',').map(name => {
    if (Object.hasOwn(works, name)) return works[name]!
    throw new WordloomError('usage', {
      found: `--work is "${name}", and must be of ${Object.keys(works).join(', ')}`,
    })
  })
}

async function runNoted(
  system: System,
  setting: Setting,
  questions: Questions | undefined,
): Promise<Outcome> {
  const outcome = await system.run(setting, questions)
  note(`${system.name}, ${title(setting)}: ${fixed(outcome.cpuRate)} kw/s of CPU`)
  return outcome
}

function title({ dimensions, threads, work }: Kind): string {
  const name = Object.keys(works)
    .find(name => works[name] === work)!
    .replaceAll('-', ' ')
  return `${name.replace('skip gram', 'skip-gram')}, ${count(dimensions, 'dimension')}, ${count(threads, 'thread')}`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function peersTable(contenders: readonly System[], results: readonly (readonly Outcome[])[]): string {
  const ours = results[0]!
  const rows = contenders.map(({ name }, i) => {
    const rounds = results[i]!
    const cell = (value: (outcome: Outcome) => number | undefined, digits = 0) =>
      fixed(medianOf(rounds, value), digits)
    const accuracy = rounds.find(outcome => outcome.accuracy)?.accuracy
    return [
      name,
      cell(outcome => outcome.cpuRate),
      ratio(ours, rounds, outcome => outcome.cpuRate),
      cell(outcome => outcome.wallRate),
      ratio(ours, rounds, outcome => outcome.wallRate),
      cell(outcome => outcome.printedRate),
      cell(({ whole }) => whole.cpuSeconds, 1),
      cell(({ whole }) => whole.seconds, 1),
      ratio(rounds, ours, ({ whole }) => whole.seconds),
      cell(outcome => outcome.peakMegabytes),
      fixed(accuracy?.total, 2),
      fixed(accuracy?.wordSim, 3),
      fixed(accuracy?.simLex, 3),
    ]
  })
  return table(columns, rows)
}

const columns = [
  'system',
  'kw/s of CPU',
  'Wordloom ×',
  'kw/s of wall',
  'Wordloom ×',
  'printed',
  'whole CPU s',
  'whole s',
  'Wordloom ×',
  'peak MB',
  'analogies %',
  'WordSim',
  'SimLex',
]

function readersGuide(byDifference: boolean): string[] {
  const how = byDifference ? 'a run of all epochs less a run of one' : 'as it prints it'
  return [
    '5 negative samples or none, window 5, sub-sampling 1e-3, min count 5, learning rate 0.025 (CBOW 0.05), character n-grams of 3 to 6 in 2,000,000 buckets or none, lines of at most 1,000 words, words parted at white space',
    `kw/s: thousand words of the vocabulary, before sub-sampling, per second of training alone; of a peer: ${how}; of CPU counts all threads, printed is per thread by the peer's own account`,
    'whole: from the text to the written file; Wordloom ×: how many times as fast the first line is',
    'medians over the rounds, in brackets the range; accuracy of the first round: 3CosAdd among the 30,000 most frequent words, Spearman',
  ]
}
