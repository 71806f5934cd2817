import { execFileSync } from 'node:child_process'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { WordloomError } from 'wordloom'
import { loadClassifier } from 'wordloom/classification'
import { describeMachine, heading, note, writeJson } from './machine.js'
import { inRounds, medianOf, ratio } from './rounds.js'
import { fixed, table } from './table.js'
import { inTemporaryFolder } from './temporary.js'
import { type Call, type Timed, timed } from './timed.js'
import { numberFlag } from './variants.js'

export const classifyUsage = `classify  processor time and accuracy of a classifier beside fastText supervised, from labelled lines to .bin
  --train FILE  --test FILE          lines as fastText marks them
  --fasttext fasttext                the program
  --rounds 5  --epochs 10            the same options for both: rate .5, bigrams, characters 3 to 6, 20 dimensions
  --made-up 10000                    labels that are made up for hierarchical softmax`

const cli = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

/** One trainer with one loss. */
interface Contender {
  readonly name: string
  readonly loss: 'softmax' | 'hierarchical softmax'
  call(train: string, model: string): Call
}

interface Run extends Timed {
  readonly accuracy: number
}

export async function classify(args: readonly string[]): Promise<void> {
  const options = {
    train: { type: 'string' },
    test: { type: 'string' },
    json: { type: 'string' },
    fasttext: { type: 'string', default: 'fasttext' },
    rounds: { type: 'string' },
    epochs: { type: 'string' },
    'made-up': { type: 'string' },
  } as const
  const { values } = parseArgs({ args: [...args], options })
  const { train, test, fasttext } = values
  if (train === undefined || test === undefined)
    throw new WordloomError('usage', {
      found: '--train or --test is missing',
      cure: 'name files of labelled lines',
    })
  const rounds = numberFlag('rounds', values.rounds, 5)
  const epochs = numberFlag('epochs', values.epochs, 10)
  const machine = describeMachine()
  await inTemporaryFolder(async folder => {
    const files = {
      softmax: { train, test },
      'hierarchical softmax': manyLabels(folder, train, numberFlag('made-up', values['made-up'], 10_000)),
    }
    const contenders = contendersFor(fasttext, epochs)
    const runs = await inRounds(contenders, rounds, async contender => {
      const run = await runOf(contender, files[contender.loss], folder, fasttext)
      note(
        `${contender.name}, ${contender.loss}: ${fixed(run.cpuSeconds, 2)} s, ${fixed(100 * run.accuracy, 1)} %`,
      )
      return run
    })
    process.stdout.write(heading('Classifiers', [`${rounds} rounds, ${epochs} epochs`], machine))
    process.stdout.write(
      `\n${table(
        columns,
        contenders.map((one, i) => rowOf(one, i, contenders, runs)),
      )}`,
    )
    process.stdout.write(
      `\n${await predictions(join(folder, 'Wordloom softmax.bin'), test, fasttext, folder)}\n`,
    )
    writeJson(
      values.json,
      machine,
      contenders.map(({ name, loss }, i) => ({ name, loss, runs: runs[i] })),
    )
  })
}

const columns = ['loss', 'trainer', 'CPU s', 'fastText’s time : ours', 'wall s', 'peak MB', 'accuracy %']

function rowOf(
  { name, loss }: Contender,
  i: number,
  contenders: readonly Contender[],
  runs: readonly Run[][],
) {
  const other = contenders.findIndex(one => one.loss === loss && one.name === 'fastText')
  const own = runs[i]!
  return [
    loss,
    name,
    fixed(
      medianOf(own, run => run.cpuSeconds),
      2,
    ),
    ratio(runs[other]!, own, run => run.cpuSeconds),
    fixed(
      medianOf(own, run => run.seconds),
      2,
    ),
    fixed(medianOf(own, run => run.peakMegabytes)),
    fixed(100 * medianOf(own, run => run.accuracy)!, 1),
  ]
}

function contendersFor(fasttext: string, epochs: number): Contender[] {
  return (['softmax', 'hierarchical softmax'] as const).flatMap(loss => [
    {
      name: 'fastText',
      loss,
      call: (train, model) => ({
        program: fasttext,
        args: [
          ...['supervised', '-input', train, '-output', model.slice(0, -'.bin'.length), '-thread', '1'],
          ...['-loss', loss === 'softmax' ? 'softmax' : 'hs', '-epoch', String(epochs), '-lr', '0.5'],
          ...['-wordNgrams', '2', '-minn', '3', '-maxn', '6', '-bucket', '2000000', '-dim', '20'],
        ],
      }),
    },
    {
      name: 'Wordloom',
      loss,
      call: (train, model) => ({
        program: process.execPath,
        args: [
          ...[cli, 'classify', 'train', train, '-o', model, '--threads', '1', '--no-checkpoint'],
          ...['--objective', loss.replace(' ', '-'), '--epochs', String(epochs), '--learning-rate', '0.5'],
          ...['--word-ngrams', '2', '--min-ngram', '3', '--max-ngram', '6', '--dimensions', '20'],
        ],
      }),
    },
  ])
}

interface LabelledFiles {
  readonly train: string
  readonly test: string
}

async function runOf(
  { name, loss, call }: Contender,
  { train, test }: LabelledFiles,
  folder: string,
  fasttext: string,
): Promise<Run> {
  const model = join(folder, `${name} ${loss}.bin`)
  const spent = await timed(call(train, model), join(folder, 'time'))
  const printed = execFileSync(fasttext, ['test', model, test], { encoding: 'utf8' }) // the same judge for both
  return { ...spent, accuracy: Number(/P@1\s+([\d.]+)/.exec(printed)?.[1]) }
}

/** The same texts with one of many labels, which the first word decides; learned and tested on the same lines. */
function manyLabels(folder: string, train: string, labels: number): LabelledFiles {
  const path = join(folder, 'many.txt')
  const lines = readFileSync(train, 'utf8').trim().split('\n')
  const numbered = lines.map((line, i) => {
    const text = line.replace(/^(__label__\S+\s+)+/, '')
    return `__label__l${(hashOf(text.split(' ')[0]!) * 31 + (i % 7)) % labels} ${text}`
  })
  writeFileSync(path, `${numbered.join('\n')}\n`)
  return { train: path, test: path }
}

function hashOf(word: string): number {
  let hash = 7
  for (const character of word) hash = (hash * 33 + character.codePointAt(0)!) % 1_000_003
  return hash
}

/** Microseconds a line, in this process and by the program, which reads the model, too. */
async function predictions(model: string, test: string, fasttext: string, folder: string): Promise<string> {
  const lines = readFileSync(test, 'utf8')
    .trim()
    .split('\n')
    .map(line => line.replace(/^(__label__\S+\s+)+/, ''))
  const many = Array.from({ length: Math.ceil(20_000 / lines.length) }, () => lines).flat()
  const classifier = await loadClassifier(model)
  for (const line of lines) classifier.predict(line)
  const before = process.cpuUsage()
  for (const line of many) classifier.predict(line)
  const { user, system } = process.cpuUsage(before)
  const own = (user + system) / many.length
  const [none, all] = [join(folder, 'none.txt'), join(folder, 'all.txt')]
  writeFileSync(none, '')
  writeFileSync(all, `${many.join('\n')}\n`)
  copyFileSync(model, join(folder, 'asked.bin'))
  const times = []
  for (const file of [none, all])
    times.push(
      await timed(
        { program: fasttext, args: ['predict', join(folder, 'asked.bin'), file] },
        join(folder, 'time'),
      ),
    )
  const other = (1e6 * (times[1]!.cpuSeconds - times[0]!.cpuSeconds)) / many.length
  return `Predictions: ${fixed(own, 1)} µs a line, fastText ${fixed(other, 1)} µs (${many.length.toLocaleString('en')} lines).`
}
