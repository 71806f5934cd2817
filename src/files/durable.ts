import type { ByteRanges } from './ranges.js'

/** What can become a file. */
export type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/** Whose a file is, and who may do what with it. */
export interface Permissions {
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

/** A plain file, at the end of all links; `present` if there is one already. */
export interface FilePlace {
  readonly kind: 'file'
  readonly path: string
  readonly present: Permissions | undefined
}

/** A device, a pipe or an open descriptor of this process: bytes go into it, and nothing is put in its place. */
export interface StreamPlace {
  readonly kind: 'stream'
  readonly path: string
  /** 1 is standard output. */
  readonly descriptor: number | undefined
}

/** Where bytes go that are written under a name. */
export type Place = FilePlace | StreamPlace

/**
 * What a file that must outlive a crash needs of a disk, one operation a step: tests of the order of the steps put a
 * disk of their own in its place.
 */
export interface Disk {
  /** Where bytes go that are written under this name; '-' is standard output. Throws what the system throws. */
  place(path: string): Promise<Place>
  /**
   * A new file, with the permissions of another one if given. Until it is renamed it goes with the process. Throws
   * EEXIST if there is one of that name.
   */
  create(path: string, like?: Permissions): Promise<NewFile>
  /** Opens what is no plain file, as it is. */
  openStream(place: StreamPlace): Promise<NewFile>
  /** A file to be read; undefined if there is none. */
  read(path: string): Promise<ByteRanges | undefined>
  /** Has what another library wrote into a file that was created here outlive a crash, with permissions if given. */
  flush(path: string, like?: Permissions): Promise<void>
  /** Puts a file where another may be, which is gone then. */
  rename(from: string, to: string): Promise<void>
  /** Nothing happens if there is none. */
  remove(path: string): Promise<void>
  /** Steps that belong together: a signal to end the process waits for them. */
  unparted<T>(steps: () => Promise<T>): Promise<T>
  /** The names in a folder; none if it cannot be read. */
  names(folder: string): Promise<readonly string[]>
  /** Milliseconds since a file was changed or renamed; below 0 if there is none. */
  age(path: string): Promise<number>
  /** Has names that were given and taken away in a folder outlive a crash. */
  syncFolder(folder: string): Promise<void>
  /** Bytes that can still be written there; undefined if nobody tells. */
  free(folder: string): Promise<number | undefined>
}

/** A file while it is written, from its start to its end. */
export interface NewFile {
  /** Tells how many of the bytes were written: on a full disk fewer than were given, without an error. */
  write(bytes: Uint8Array): Promise<number>
  /** Has what was written outlive a crash. */
  sync(): Promise<void>
  close(): Promise<void>
}

/** Written at a time: other things that wait for a turn get one in between. */
const PIECE = 1 << 24

/** Writes all of the bytes, or throws ENOSPC. */
export async function writeAll(file: NewFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const written = await file.write(bytes.subarray(done, done + PIECE))
    if (written === 0) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    done += written
  }
}
