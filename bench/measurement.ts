import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { WordloomError } from 'wordloom'
import type { TrainingOptions } from 'wordloom/training'
import type { Accuracy } from './accuracy.js'
import type { Questions } from './corpus.js'

/** What run-one is asked to do. */
export interface Task {
  readonly corpus: string
  /** Only the first so many million bytes of the text. */
  readonly megabytes?: number | undefined
  readonly options: Partial<TrainingOptions>
  /** Where the vectors go. */
  readonly output: string
  /** Asked of the vectors afterwards, outside every measurement. */
  readonly questions?: Questions | undefined
}

/** Time by the clock on the wall, and processor time of all threads. */
export interface Spent {
  readonly seconds: number
  readonly cpuSeconds: number
}

/** What one run came to. */
export interface Measurement {
  readonly vocabulary: number
  /** Tokens of the text that are in the vocabulary: the words of an epoch, as word2vec.c counts them. */
  readonly words: number
  /** All tokens of the text. */
  readonly tokens: number
  readonly reading: Spent
  /** The stretch of training that was timed, and the words that passed in it. */
  readonly training: Spent & { readonly words: number }
  /** From the start of the process until the vectors are on the disk. */
  readonly whole: Spent
  /** Resident at most. */
  readonly peakMegabytes: number
  /** Mean loss per pair of each epoch, in nats. */
  readonly losses: readonly number[]
  /** The same on text that was set aside; empty where none was. */
  readonly heldOutLosses: readonly number[]
  readonly accuracy?: Accuracy
}

/** The system tells memory in units of 1,024 bytes. */
export const MEGABYTES_A_KIB = 1024 / 1e6

const program = fileURLToPath(new URL('./run-one.js', import.meta.url))

/** Runs a task in a fresh process of the Node given. */
export async function measure(node: string, task: Task): Promise<Measurement> {
  try {
    const { stdout } = await promisify(execFile)(node, [program, JSON.stringify(task)], {
      maxBuffer: 1 << 24,
    })
    return JSON.parse(stdout) as Measurement
  } catch (error) {
    const { message, stderr = '' } = error as Error & { stderr?: string }
    throw new WordloomError('internal', { found: `${node}: the run failed: ${stderr.trim() || message}` })
  }
}

/** Thousand words per second of processor time: the same for any number of threads, were threads free. */
export function cpuRate({ training }: Measurement): number {
  return training.words / training.cpuSeconds / 1000
}

/** Thousand words per second as one waits for them. */
export function wallRate({ training }: Measurement): number {
  return training.words / training.seconds / 1000
}
