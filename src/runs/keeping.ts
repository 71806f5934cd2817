import { option, say, WordloomError, type Words } from '../errors.js'
import { acquireLock, type Disk, type Lock, realDisk, takenName } from '../files/index.js'
import type { Section, TensorFile } from '../tensors/index.js'
import { VERSION } from '../version.js'
import { type Checkpoint, type CheckpointFormat, countedSections } from './checkpoint-file.js'
import { CheckpointStore, type Found, type Unsettled } from './checkpoint-store.js'
import type { Control } from './control.js'
import { differing, optionDifferences, refuseDifferences } from './differences.js'
import type { Fingerprint } from './fingerprint.js'

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

/** What is known of a run before its text is read. */
export interface RunKind {
  readonly format: CheckpointFormat
  /** Undefined if they depend on the text. */
  readonly epochs: number | undefined
  /** Every option that shapes the result, as JSON; the run's metadata have the same as `options`. */
  readonly options: string
}

/** A run that is ready to start, as its checkpoints have it. */
export interface KeptRun {
  readonly control: Control
  /** Numbers of the text as ids, ends of sentences included. */
  readonly positions: number
  readonly began: Fingerprint
  /** Of the file that the run leaves, as it would be now: with its `creator` and `options`. */
  metadata(): Record<string, string>
  /**
   * What a checkpoint holds, with the sums, which are given, somewhere among it. Those of a type of more than 4 bytes
   * come before those of fewer, and bytes are filled up to a multiple of 4: a reader may ask for aligned numbers.
   */
  sections(sums: readonly Section[]): Section[]
  /** How the run of a checkpoint differs from this one. Options and version are compared already. */
  differences(there: Checkpoint, here: Checkpoint): Words[]
  /** Reads back what `sections` wrote. The sums are back already. Throws `bad-data` if something is missing. */
  read(tensors: TensorFile): Promise<void>
}

/** The checkpoints of one run, which no other process may touch meanwhile. */
export class Keeping {
  readonly #store: CheckpointStore
  readonly #lock: Lock
  readonly #kind: RunKind
  readonly #found: Found | undefined
  #run: KeptRun | undefined

  private constructor(store: CheckpointStore, lock: Lock, kind: RunKind, found: Found | undefined) {
    this.#store = store
    this.#lock = lock
    this.#kind = kind
    this.#found = found
  }

  /**
   * Throws `not-written` if another process trains there, or nothing can be written there; `bad-data` if all
   * checkpoints are damaged, or the newest is one of another run; `usage` if there is one, and neither `resume` nor
   * `restart` is given, or if it is one of another kind of run.
   */
  static async open(
    path: string,
    { resume, restart, output }: KeepingOptions & { readonly output?: string | undefined },
    kind: RunKind,
    disk: Disk = realDisk,
  ): Promise<Keeping> {
    const lock = await acquireLock(`${path}.lock`, `training with the checkpoints ${path}`)
    const store = new CheckpointStore(path, disk, output)
    let found: Found | undefined
    try {
      if (restart) await store.remove()
      found = await store.newest()
      const keeping = new Keeping(store, lock, kind, found)
      if (found) refuseOtherKind(found, kind)
      if (found && !resume) throw unfinished(found, kind)
      if (found) refuseOtherOptions(found, kind)
      return keeping
    } catch (error) {
      await found?.checkpoint.close()
      await lock.release()
      throw error
    }
  }

  get path(): string {
    return this.#store.path
  }

  /** The checkpoint that the run goes on from, and what was wrong with another one. */
  get from(): { path: string; epoch: number; damaged: readonly string[] } | undefined {
    if (!this.#found) return undefined
    const { path, checkpoint, damaged } = this.#found
    return { path, epoch: checkpoint.facts.place.epoch + 1, damaged: damaged.map(({ message }) => message) }
  }

  /**
   * Takes note of the run that is kept, and brings it to the place of the checkpoint, if there is one, before any of its
   * threads is started. Throws `bad-data` if that is of another run.
   */
  async begin(run: KeptRun): Promise<void> {
    this.#run = run
    if (!this.#found) return
    const { path, checkpoint } = this.#found
    refuseDifferences(path, run.differences(checkpoint, this.#checkpointOf(run)))
    run.control.restore(checkpoint.facts.place.epoch, checkpoint.counted)
    await run.read(checkpoint.tensors)
    run.control.pauses.place = checkpoint.facts.place
    await checkpoint.close()
  }

  /** Writes the run, which has begun, as it stands while its threads wait. Throws NotFinite, and what the disk throws. */
  async write(): Promise<Unsettled> {
    const run = this.#run!
    if (this.#lock.isLost) throw lostError(this.path)
    return this.#store.write({
      format: this.#kind.format,
      ...this.#checkpointOf(run),
      sections: run.sections(countedSections(run.control.counted())),
    })
  }

  /** An error of the disk as one of ours, with the bytes that are free. Throws it if it is not an error of the disk. */
  explain(error: unknown): Promise<WordloomError> {
    return this.#store.explain(error)
  }

  async close(): Promise<void> {
    await this.#found?.checkpoint.close().catch(() => {}) // it is closed already if the run has begun
    await this.#lock.release()
  }

  #checkpointOf(run: KeptRun): Checkpoint {
    const { control, positions, began } = run
    const sequence = this.#store.nextSequence
    return { facts: { sequence, place: control.pauses.place, positions, began }, metadata: run.metadata() }
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

function refuseOtherKind({ path, checkpoint }: Found, { format }: RunKind): void {
  if (checkpoint.format === format) return
  throw new WordloomError('usage', {
    action: `go on from ${path}`,
    found: 'it holds a run of another kind: word vectors and classifiers cannot go on from each other',
    cure: say`give ${option('checkpoint')} another name, or begin anew with ${option('restart', true)}, which removes it`,
  })
}

/** Before the text is read. */
function refuseOtherOptions({ path, checkpoint: { metadata } }: Found, { options }: RunKind): void {
  refuseDifferences(path, [
    ...differing('made by', metadata.creator, `wordloom ${VERSION}`),
    ...optionDifferences(metadata.options, options),
  ])
}

function unfinished({ path, checkpoint }: Found, { epochs }: RunKind): WordloomError {
  const { epoch } = checkpoint.facts.place
  const where =
    epochs === undefined || epoch < epochs
      ? `in epoch ${epoch + 1}${epochs === undefined ? '' : ` of ${epochs}`}`
      : 'at its end'
  return new WordloomError('usage', {
    action: 'begin a run',
    found: `${path} holds a run that is not finished (${where})`,
    cure: say`go on with ${option('resume', true)}, or begin anew with ${option('restart', true)}, which removes it`,
  })
}
