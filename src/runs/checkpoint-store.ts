import { option, say, WordloomError } from '../errors.js'
import {
  asWriteError,
  type ByteRanges,
  type Disk,
  type NewFile,
  type Permissions,
  realDisk,
  writeAll,
} from '../files/index.js'
import { digestsOf, fold, type Stretch } from '../tensors/index.js'
import {
  type CheckpointContent,
  checkpointStretches,
  isCheckpoint,
  type OpenCheckpoint,
  openCheckpoint,
} from './checkpoint-file.js'

/** A checkpoint whose bytes are written, but which does not count yet. */
export interface Unsettled {
  readonly bytes: number
  /** Makes it count; the one before it stays, and the one before that is gone. Throws what the disk throws. */
  settle(): Promise<void>
}

/** The newest checkpoint that is whole, and the errors of others. */
export interface Found {
  readonly path: string
  readonly checkpoint: OpenCheckpoint
  readonly damaged: readonly WordloomError[]
}

/**
 * Two files, the last two checkpoints of a run: a new one takes the place of the older, once it has been read back.
 * At every moment, and after a crash at any moment, one of them is whole. The path must be locked before a store is used.
 */
export class CheckpointStore {
  readonly path: string
  readonly #disk: Disk
  readonly #output: string | undefined
  readonly #files: readonly [string, string]
  readonly #partial: string
  #newest = 1 // so that the first one goes to the first file
  #sequence = 0
  #bytes = 0 // of the one written last

  /** Checkpoints get the permissions of the file `output` if it is there: what is private stays private. */
  constructor(path: string, disk: Disk = realDisk, output?: string) {
    this.path = path
    this.#disk = disk
    this.#output = output
    this.#files = [`${path}.1`, `${path}.2`]
    this.#partial = `${path}.partial`
  }

  /** The number that the next checkpoint should have. */
  get nextSequence(): number {
    return this.#sequence + 1
  }

  /**
   * Undefined if there is none. Throws `bad-data` if all are damaged, `usage` if other files have the
   * names of a checkpoint. The caller closes it.
   */
  async newest(): Promise<Found | undefined> {
    const damaged: WordloomError[] = []
    let found: { index: number; checkpoint: OpenCheckpoint } | undefined
    for (const [index, path] of this.#files.entries()) {
      const checkpoint = await this.#open(path, damaged)
      if (!checkpoint) continue
      const older = found && found.checkpoint.facts.sequence > checkpoint.facts.sequence
      await (older ? checkpoint : found?.checkpoint)?.close()
      if (!older) found = { index, checkpoint }
    }
    if (found === undefined) await this.#refuseForeign() // else a run has had all these names for itself
    await this.#removePartial().catch(async error => {
      await found?.checkpoint.close()
      throw error
    })
    if (found === undefined && damaged.length > 0)
      throw new WordloomError('bad-data', {
        action: `go on from ${this.path}`,
        found: say`none of its checkpoints is whole (${damaged.flatMap(({ finding }, i) => [i > 0 ? '; ' : '', ...[finding].flat()])})`,
        cure: say`begin anew with ${option('restart', true)}`,
      })
    if (found === undefined) return undefined
    this.#newest = found.index
    this.#sequence = found.checkpoint.facts.sequence
    return { path: this.#files[found.index]!, checkpoint: found.checkpoint, damaged }
  }

  /** Writes all but the end. What was there stays untouched. Throws NotFinite, and what the disk throws. */
  async write(content: CheckpointContent): Promise<Unsettled> {
    await this.#removePartial()
    const stretches = checkpointStretches(content)
    this.#bytes = stretches.reduce((sum, { bytes }) => sum + bytes, 0)
    const file = await this.#disk.create(this.#partial, await this.#permissions())
    try {
      const sums: number[] = []
      for (const stretch of stretches) sums.push(await writeStretch(file, stretch))
      return { bytes: this.#bytes, settle: () => this.#settle(file, stretches, sums, content.facts.sequence) }
    } catch (error) {
      await this.#giveUp(file)
      throw error
    }
  }

  /** Those of the output, or of the checkpoint before; undefined if neither is there. */
  async #permissions(): Promise<Permissions | undefined> {
    for (const path of [this.#output, this.#files[this.#newest]]) {
      const place = path === undefined ? undefined : await this.#disk.place(path).catch(() => undefined)
      if (place?.kind === 'file' && place.present) return place.present
    }
    return undefined
  }

  /** An error of the disk as one of ours, with the bytes that are free. Throws it if it is not an error of the disk. */
  async explain(error: unknown): Promise<WordloomError> {
    const failure = asWriteError(error, this.path)
    if (!(failure instanceof WordloomError)) throw failure
    const found = say`${failure.fault.found}${await this.#room(error)}, and ${await this.#standing()}`
    return new WordloomError(failure.code, { ...failure.fault, found }, { cause: error })
  }

  /** Which checkpoint is there: somebody may have removed it. */
  async #standing(): Promise<string> {
    if (this.#sequence === 0) return 'there is no checkpoint yet'
    const newest = this.#files[this.#newest]!
    return (await this.#disk.age(newest)) >= 0
      ? `the checkpoint of before stands in ${newest}`
      : `the checkpoint of before, ${newest}, is gone`
  }

  /** The bytes that a full disk lacks. */
  async #room(error: unknown): Promise<string> {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') return ''
    const free = await this.#disk.free(folderOf(this.path)).catch(() => undefined)
    return free === undefined ? '' : ` (${megabytes(this.#bytes)} are needed, ${megabytes(free)} are free)`
  }

  /** Removes every checkpoint. Throws `usage`, and removes nothing, if one of the files is not a checkpoint. */
  async remove(): Promise<void> {
    await this.#refuseForeign()
    for (const path of [...this.#files, this.#partial]) await this.#disk.remove(path)
    this.#newest = 1
    this.#sequence = 0
  }

  /** A run that was killed may have left it. */
  async #removePartial(): Promise<void> {
    try {
      await this.#disk.remove(this.#partial)
    } catch (error) {
      throw asWriteError(error, this.#partial)
    }
  }

  /** Nothing there is ours, too; what the system does not let us read may be ours, and throws. */
  async #isOurs(path: string): Promise<boolean> {
    try {
      const file = await this.#disk.read(path)
      return file === undefined || (await isCheckpoint(file).finally(() => file.close()))
    } catch (error) {
      if (error instanceof WordloomError && error.cause === undefined) return false // no plain file
      throw error
    }
  }

  async #refuseForeign(): Promise<void> {
    for (const path of [...this.#files, this.#partial]) {
      if (!(await this.#isOurs(path)))
        throw new WordloomError('usage', {
          action: `use ${path} for a checkpoint`,
          found:
            'it is there already and is not a checkpoint of Wordloom, so it is neither removed nor overwritten',
          cure: say`give ${option('checkpoint')} another name, or move the file away`,
        })
    }
  }

  async #settle(
    file: NewFile,
    stretches: readonly Stretch[],
    sums: readonly number[],
    sequence: number,
  ): Promise<void> {
    const target = 1 - this.#newest
    try {
      await file.sync()
      await writeAll(file, await this.#digests(stretches, sums))
      await file.sync()
      await file.close()
      await this.#disk.rename(this.#partial, this.#files[target]!)
    } catch (error) {
      await this.#giveUp(file)
      throw error
    }
    this.#newest = target
    this.#sequence = sequence
    await this.#disk.syncFolder(folderOf(this.path))
  }

  /** Reads back the bytes that were written, which must be those that were to be written. */
  async #digests(stretches: readonly Stretch[], sums: readonly number[]): Promise<Uint8Array> {
    const written = await this.#disk.read(this.#partial)
    if (!written) throw Object.assign(new Error('the file has vanished'), { code: 'ENOENT' })
    try {
      return await digestsOf(written, stretches, sums)
    } finally {
      await written.close()
    }
  }

  /** What cannot be read counts as damaged: the other checkpoint may be whole. */
  async #open(path: string, damaged: WordloomError[]): Promise<OpenCheckpoint | undefined> {
    let file: ByteRanges | undefined
    try {
      file = await this.#disk.read(path)
      return file && (await openCheckpoint(file))
    } catch (error) {
      await file?.close()
      if (!(error instanceof WordloomError)) throw error
      damaged.push(error)
      return undefined
    }
  }

  async #giveUp(file: NewFile): Promise<void> {
    await file.close().catch(() => {})
    await this.#disk.remove(this.#partial).catch(() => {})
  }
}

async function writeStretch(file: NewFile, { chunks }: Stretch): Promise<number> {
  let sum = 0
  for (const piece of chunks) {
    if (piece.length === 0) continue
    sum = fold(sum, piece)
    await writeAll(file, piece)
  }
  return sum
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

function folderOf(path: string): string {
  const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
  return end < 0 ? '.' : path.slice(0, end + 1)
}
