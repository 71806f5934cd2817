import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { load, WordloomError } from 'wordloom'
import type { TrainingOptions } from 'wordloom/training'
import { type Accuracy, accuracyOf } from './accuracy.js'
import { type Questions, writePlain } from './corpus.js'
import { cpuRate, type Measurement, measure, type Spent, wallRate } from './measurement.js'
import { learningRateOf, type Peer, type Setting, type Work } from './systems.js'
import { timed } from './timed.js'
import { cellsOf, describeVariants, type Variant } from './variants.js'

/** What one system did in one round. */
export interface Outcome {
  /** Thousand words per second of training, of processor time and of the wall's. */
  readonly cpuRate: number | undefined
  readonly wallRate: number | undefined
  /** The same per second and thread as the system prints it. */
  readonly printedRate?: number | undefined
  readonly whole: Spent
  readonly peakMegabytes: number | undefined
  readonly accuracy?: Accuracy | undefined
}

/** A system that can be asked to train. */
export interface System {
  readonly name: string
  run(setting: Setting, questions: Questions | undefined): Promise<Outcome>
}

/** The text and a folder for what the systems write. */
export interface Place {
  readonly folder: string
  readonly corpus: string
  /** A first run of Wordloom's tells what is in the text. */
  readonly text: Measurement
}

/** Unpacks the text for all systems alike. Throws `usage` where the temporary folder does not suit them. */
export async function prepare(folder: string, source: string, megabytes: number | undefined): Promise<Place> {
  const corpus = join(folder, 'corpus.txt')
  if (corpus.length > 90)
    throw new WordloomError('usage', {
      found: `${folder}: word2vec.c cuts paths of 100 bytes; set TMPDIR to a folder with a shorter name`,
    })
  await writePlain(source, corpus, megabytes)
  const options = { ...sameText, dimensions: 4, epochs: 1 }
  return {
    folder,
    corpus,
    text: await measure(process.execPath, { corpus, options, output: `${corpus}.bin` }),
  }
}

/** The peers part words at white space only. */
const sameText = { tokenizer: 'whitespace', minCount: 5 } as const

export function wordloom(variant: Variant, variants: readonly Variant[], { folder, corpus }: Place): System {
  const { columns } = describeVariants(variants)
  const output = join(folder, 'wordloom.bin')
  const explicit = { window: 5, negativeSamples: 5, subsampling: 1e-3 }
  return {
    name: ['Wordloom', ...cellsOf(variant, columns)].join(' '),
    async run({ work, dimensions, threads, epochs }, questions) {
      const size = { dimensions, threads, epochs }
      const options = { ...variant.options, ...sameText, ...explicit, ...optionsFor(work), ...size }
      const result = await measure(variant.node, { corpus, options, output })
      const { whole, peakMegabytes } = result
      const accuracy = questions && (await accuracyOf(await load(output), questions))
      return { cpuRate: cpuRate(result), wallRate: wallRate(result), whole, peakMegabytes, accuracy }
    },
  }
}

function optionsFor(work: Work): Partial<TrainingOptions> {
  return {
    learningRate: learningRateOf(work),
    architecture: work.cbow ? 'cbow' : 'skip-gram',
    objective: work.hierarchical ? 'hierarchical-softmax' : 'negative-sampling',
    subwords: work.subwords,
  }
}

/**
 * Training alone, of a program that also counts words, builds tables and writes a file: the time of a run of all
 * epochs less that of a run of one. This is the measure for all peers, because it believes none of them: what
 * they print counts processor time in some and the wall's in others, and stops at the last progress line.
 * word2vec.c's own figure (the whole process's processor time since the threads began) is shown beside it, and
 * agrees with it on an idle machine. Wordloom's is taken inside one run, because its runs of one epoch and of
 * five are cut into different numbers of rotations, which would flatter the difference.
 */
export function other(peer: Peer, program: string, byDifference: boolean, { folder, text }: Place): System {
  const output = join(folder, 'peer')
  const timing = join(folder, 'time.txt')
  return {
    name: peer.name,
    async run(setting, questions) {
      const once = byDifference
        ? await timed(peer.call(program, { ...setting, epochs: 1 }, output), timing)
        : undefined
      const all = await timed(peer.call(program, setting, output), timing)
      refuseUnfinished(peer, program, all.text)
      const accuracy = questions && (await accuracyOf(await load(output + peer.ending), questions))
      for (const ending of ['', '.vec', '.bin']) rmSync(output + ending, { force: true })

      const printedRate = peer.printedRate(all.text, setting)
      const words = peer.wordsPerEpoch(text) * (setting.epochs - 1)
      const rate = (spent: (of: Spent) => number) =>
        once && positive(words / (spent(all) - spent(once)) / 1000)
      return {
        cpuRate: byDifference ? rate(({ cpuSeconds }) => cpuSeconds) : printedRate,
        wallRate: rate(({ seconds }) => seconds),
        printedRate,
        whole: { seconds: all.seconds, cpuSeconds: all.cpuSeconds },
        peakMegabytes: all.peakMegabytes,
        accuracy,
      }
    },
  }
}

/**
 * word2vec.c's last published version never clears its end-of-file mark, and then skips all epochs but the
 * first, on one thread or on the last of several: it would seem to be five times as fast, and to learn little.
 */
function refuseUnfinished({ name, progress }: Peer, program: string, text: string): void {
  const percent = progress?.(text)
  if (percent === undefined || percent > 80) return
  throw new WordloomError('bad-data', {
    found: `${program}: ${name} ended after ${percent} % of its training; add "eof = 0;" where it seeks back to its start in the text, or build an earlier version`,
  })
}

/** Differences of short runs can drown in noise. */
function positive(rate: number): number | undefined {
  return rate > 0 && Number.isFinite(rate) ? rate : undefined
}
