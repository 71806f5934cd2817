import { say, WordloomError } from '../errors.js'
import { asWriteError, type ByteRanges, type Disk, type NewFile, realDisk, writeAll } from '../files/index.js'
import {
  type CheckpointContent,
  fold,
  isCheckpoint,
  type OpenCheckpoint,
  openCheckpoint,
  readBack,
  type Section,
  sectionsOf,
} from './checkpoint-file.js'

/** A checkpoint whose bytes are written, but which does not count yet. */
export interface Unsettled {
  readonly bytes: number
  /** Makes it count; the one before it stays, and the one before that is gone. Throws what the disk throws. */
  settle(): Promise<void>
}

/** The newest checkpoint that is whole, and what is wrong with others. */
export interface Found {
  readonly path: string
  readonly checkpoint: OpenCheckpoint
  readonly damaged: readonly string[]
}

/**
 * Two files, the last two checkpoints of a run: a new one takes the place of the older, once it has been read back.
 * At every moment, and after a crash at any moment, one of them is whole. Whoever uses a store has locked its path.
 */
export class CheckpointStore {
  readonly path: string
  readonly #disk: Disk
  readonly #files: readonly [string, string]
  readonly #partial: string
  #newest = 1 // so that the first one goes to the first file
  #sequence = 0
  #bytes = 0 // of the one written last

  constructor(path: string, disk: Disk = realDisk) {
    this.path = path
    this.#disk = disk
    this.#files = [`${path}.1`, `${path}.2`]
    this.#partial = `${path}.partial`
  }

  /** The number that the next checkpoint should have. */
  get nextSequence(): number {
    return this.#sequence + 1
  }

  /**
   * Undefined where there is none; `bad-data` where there are only damaged ones, `usage` where other files have the
   * names of a checkpoint. The caller closes it.
   */
  async newest(): Promise<Found | undefined> {
    const damaged: string[] = []
    let found: { index: number; checkpoint: OpenCheckpoint } | undefined
    for (const [index, path] of this.#files.entries()) {
      const checkpoint = await this.#open(path, damaged)
      if (!checkpoint) continue
      const older = found && found.checkpoint.facts.sequence > checkpoint.facts.sequence
      await (older ? checkpoint : found?.checkpoint)?.close()
      if (!older) found = { index, checkpoint }
    }
    if (found === undefined) await this.#refuseForeign() // else a run has had all these names for itself
    await this.#disk.remove(this.#partial) // of a run that was killed
    if (found === undefined && damaged.length > 0)
      throw new WordloomError(
        'bad-data',
        `${damaged.join('; ')}; no other checkpoint is whole: begin anew with restart: true`,
      )
    if (found === undefined) return undefined
    this.#newest = found.index
    this.#sequence = found.checkpoint.facts.sequence
    return { path: this.#files[found.index]!, checkpoint: found.checkpoint, damaged }
  }

  /** Writes all but the end. What was there stays untouched. Throws NotFinite, and what the disk throws. */
  async write(content: CheckpointContent): Promise<Unsettled> {
    await this.#disk.remove(this.#partial)
    const sections = sectionsOf(content)
    this.#bytes = bytesIn(sections)
    const file = await this.#disk.create(this.#partial)
    try {
      const sums: number[] = []
      for (const section of sections) sums.push(await writeSection(file, section))
      return { bytes: this.#bytes, settle: () => this.#settle(file, sections, sums, content.facts.sequence) }
    } catch (error) {
      await this.#giveUp(file)
      throw error
    }
  }

  /** What the disk threw, as a sentence with the bytes that are free. Throws it where it was no failure of a disk. */
  async explain(error: unknown): Promise<WordloomError> {
    const failure = asWriteError(error, this.path)
    if (!(failure instanceof WordloomError)) throw failure
    const kept =
      this.#sequence > 0
        ? `the checkpoint of before stands in ${this.#files[this.#newest]}`
        : 'there is no checkpoint yet'
    const found = say`${failure.fault.found}${await this.#room(error)}, and ${kept}`
    return new WordloomError(failure.code, { ...failure.fault, found }, { cause: error })
  }

  /** What a full disk lacks. */
  async #room(error: unknown): Promise<string> {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') return ''
    const free = await this.#disk.free(folderOf(this.path)).catch(() => undefined)
    return free === undefined ? '' : ` (${megabytes(this.#bytes)} are needed, ${megabytes(free)} are free)`
  }

  /** Removes every checkpoint. Throws `usage`, and removes nothing, where one of the files is none. */
  async remove(): Promise<void> {
    await this.#refuseForeign()
    for (const path of [...this.#files, this.#partial]) await this.#disk.remove(path)
    this.#newest = 1
    this.#sequence = 0
  }

  async #refuseForeign(): Promise<void> {
    for (const path of [...this.#files, this.#partial]) {
      const file = await this.#disk.read(path)
      const isOurs = file === undefined || (await isCheckpoint(file).finally(() => file.close()))
      if (!isOurs)
        throw new WordloomError(
          'usage',
          `${path} is there already and is no checkpoint of Wordloom, so that it is neither removed nor written over; give the checkpoint another name, or move the file away`,
        )
    }
  }

  async #settle(
    file: NewFile,
    sections: readonly Section[],
    sums: readonly number[],
    sequence: number,
  ): Promise<void> {
    const target = 1 - this.#newest
    try {
      await file.sync()
      await writeAll(file, await this.#digests(sections, sums))
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

  /** Reads back what was written: it must be what was to be written. */
  async #digests(sections: readonly Section[], sums: readonly number[]): Promise<Uint8Array> {
    const written = await this.#disk.read(this.#partial)
    if (!written) throw Object.assign(new Error('the file has vanished'), { code: 'ENOENT' })
    try {
      return new TextEncoder().encode(await digestsIn(written, sections, sums))
    } finally {
      await written.close()
    }
  }

  async #open(path: string, damaged: string[]): Promise<OpenCheckpoint | undefined> {
    const file = await this.#disk.read(path)
    if (!file) return undefined
    try {
      return await openCheckpoint(file)
    } catch (error) {
      await file.close()
      if (!(error instanceof WordloomError)) throw error
      damaged.push(error.message)
      return undefined
    }
  }

  async #giveUp(file: NewFile): Promise<void> {
    await file.close().catch(() => {})
    await this.#disk.remove(this.#partial).catch(() => {})
  }
}

async function writeSection(file: NewFile, { pieces }: Section): Promise<number> {
  let sum = 0
  for (const piece of pieces) {
    if (piece.length === 0) continue
    sum = fold(sum, piece)
    await writeAll(file, piece)
  }
  return sum
}

function bytesIn(sections: readonly Section[]): number {
  return sections.reduce((sum, section) => sum + section.bytes, 0)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

async function digestsIn(file: ByteRanges, sections: readonly Section[], sums: readonly number[]) {
  let start = 0
  let digests = ''
  for (const [i, { name, bytes }] of sections.entries()) {
    const { digest, sum } = await readBack(file, start, bytes)
    if (sum !== sums[i]) throw Object.assign(new Error(`${name} was not read as written`), { code: 'EIO' })
    digests += digest
    start += bytes
  }
  return digests
}

function folderOf(path: string): string {
  const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
  return end < 0 ? '.' : path.slice(0, end + 1)
}
