import { option, say, WordloomError } from '../../errors.js'
import { acquireLock, type Disk, type Lock, realDisk, takenName } from '../../files/index.js'
import type { EncodedCorpus } from '../../text/index.js'
import type { TrainingOptions } from '../options/options.js'
import type { Run } from '../run/prepare.js'
import type { Beginning } from '../start/beginning.js'
import { factsOf, refuseOtherInputs, refuseOtherOptions } from './checkpoint.js'
import { CheckpointStore, type Found, type Unsettled } from './checkpoint-store.js'
import { type Fingerprint, fingerprintOf } from './fingerprint.js'

/** Where and when a run is kept, so that it can go on if its process ends. */
export interface KeepingOptions {
  /** Checkpoints go to `path`.1 and `path`.2, a lock to `path`.lock. Nothing is kept without it. */
  readonly checkpoint?: string
  /** Seconds between checkpoints; by default 60, or more if writing them would take over a hundredth of the time. */
  readonly checkpointEvery?: number
  /** Goes on from the newest checkpoint, if there is one. */
  readonly resume?: boolean
  /** Begins anew although there is a checkpoint, which is removed. */
  readonly restart?: boolean
}

/** The checkpoints of one run, which no other process may touch meanwhile. */
export class Keeping {
  readonly store: CheckpointStore
  readonly #lock: Lock
  readonly #found: Found | undefined
  #began: Fingerprint = {}

  private constructor(store: CheckpointStore, lock: Lock, found: Found | undefined) {
    this.store = store
    this.#lock = lock
    this.#found = found
  }

  /**
   * Throws `not-written` if another process trains there, or nothing can be written there; `bad-data` if all
   * checkpoints are damaged, or the newest is one of another run; `usage` if there is one, and neither `resume` nor
   * `restart` is given.
   */
  static async open(
    path: string,
    { resume, restart, output }: KeepingOptions & { readonly output?: string | undefined },
    options: TrainingOptions,
    disk: Disk = realDisk,
  ): Promise<Keeping> {
    const lock = await acquireLock(`${path}.lock`, `training with the checkpoints ${path}`)
    const store = new CheckpointStore(path, disk, output)
    let found: Found | undefined
    try {
      if (restart) await store.remove()
      found = await store.newest()
      const keeping = new Keeping(store, lock, found)
      if (found && !resume) throw unfinished(found, options)
      if (found) refuseOtherOptions(found.checkpoint, found.path, options)
      return keeping
    } catch (error) {
      await found?.checkpoint.close()
      await lock.release()
      throw error
    }
  }

  /** The checkpoint that the run goes on from, and what was wrong with another one. */
  get from(): { path: string; epoch: number; damaged: readonly string[] } | undefined {
    if (!this.#found) return undefined
    const { path, checkpoint, damaged } = this.#found
    return { path, epoch: checkpoint.facts.place.epoch + 1, damaged: damaged.map(({ message }) => message) }
  }

  /**
   * Takes note of what a run starts from, and brings it to the place of the checkpoint, if there is one. Throws
   * `bad-data` if that is of another run.
   */
  async restore(
    run: Run,
    corpus: EncodedCorpus,
    metadata: Readonly<Record<string, string>>,
    beginning?: Beginning,
  ): Promise<void> {
    this.#began = fingerprintOf(corpus, beginning, metadata.history)
    if (!this.#found) return
    const { path, checkpoint } = this.#found
    refuseOtherInputs(checkpoint, path, factsOf(run, corpus, this.#began, 0), metadata)
    const { memory, control } = run
    await checkpoint.readRows(memory.input, memory.output, memory.parts)
    control.restore(checkpoint.facts.place.epoch, checkpoint.counted)
    if (memory.best && control.bestEpoch !== undefined)
      await checkpoint.readBest(memory.best.input, memory.best.output, memory.parts)
    control.pauses.place = checkpoint.facts.place
    await checkpoint.close()
  }

  /** Writes the run as it stands, while its threads wait. */
  async write(
    run: Run,
    corpus: EncodedCorpus,
    metadata: Readonly<Record<string, string>>,
  ): Promise<Unsettled> {
    const { memory, control } = run
    if (this.#lock.isLost) throw lostError(this.store.path)
    return this.store.write({
      facts: factsOf(run, corpus, this.#began, this.store.nextSequence),
      metadata,
      counted: control.counted(),
      vocabulary: corpus.vocabulary,
      inputVectors: memory.input,
      outputVectors: memory.output,
      best: control.bestEpoch === undefined ? undefined : memory.best,
      parts: memory.parts,
    })
  }

  async close(): Promise<void> {
    await this.#found?.checkpoint.close().catch(() => {}) // it is closed already if the run has begun
    await this.#lock.release()
  }
}

/** What training reads and writes: paths, folders and globs. */
export interface OtherFiles {
  readonly inputs: readonly string[]
  readonly outputs?: readonly string[]
}

/** Throws `usage` if a file that training reads or writes has the name of a checkpoint or of its lock. */
export async function refuseSharedNames(path: string, { inputs, outputs }: OtherFiles): Promise<void> {
  const names = ['1', '2', 'partial', 'lock'].map(end => `${path}.${end}`)
  const taken = await takenName(names, inputs, outputs)
  if (taken !== undefined)
    throw new WordloomError('usage', {
      action: `keep the checkpoint ${path}`,
      found: `${taken} is read or written by this training, and the checkpoint would be written there too (it adds .1, .2, .partial and .lock to its name)`,
      cure: say`give ${option('checkpoint')} another name`,
    })
}

/** Whether a file of a checkpoint is there: somebody may have removed it since it was written. */
export async function hasCheckpoint(path: string, disk: Disk = realDisk): Promise<boolean> {
  const ages = await Promise.all(['1', '2'].map(end => disk.age(`${path}.${end}`)))
  return ages.some(age => age >= 0)
}

/** Removes the checkpoints of a run that is over, and whose vectors are saved. Throws `usage` for other files. */
export async function removeCheckpoint(path: string): Promise<void> {
  await new CheckpointStore(path).remove()
}

function lostError(path: string): WordloomError {
  return new WordloomError('not-written', {
    action: `write the checkpoint ${path}`,
    found: 'this process stood still for so long that another took its lock',
    cure: 'stop one of the two',
  })
}

function unfinished({ path, checkpoint }: Found, { epochs }: TrainingOptions): WordloomError {
  const { epoch } = checkpoint.facts.place
  const where = epoch < epochs ? `in epoch ${epoch + 1} of ${epochs}` : 'at its end'
  return new WordloomError('usage', {
    action: 'begin a run',
    found: `${path} holds a run that is not finished (${where})`,
    cure: say`go on with ${option('resume', true)}, or begin anew with ${option('restart', true)}, which removes it`,
  })
}
