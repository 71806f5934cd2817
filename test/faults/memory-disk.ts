import { basename, dirname } from 'node:path/posix'
import type { ByteRanges, Disk, NewFile, Place } from '#files/index'

/** One step that changes a disk. */
export type Step =
  | { readonly kind: 'create' | 'remove' | 'sync' | 'syncFolder'; readonly path: string }
  | { readonly kind: 'write'; readonly path: string; readonly bytes: Uint8Array }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }

/** The process is gone: this step, or a part of it, was the last one. */
export class Crash extends Error {}

interface Node {
  bytes: Uint8Array
}

/**
 * A disk in memory that writes down every step. `lastStep` is the number of steps after which the process is gone;
 * of a write that would be the next one, half is done.
 */
export class MemoryDisk implements Disk {
  readonly steps: Step[] = []
  readonly files: Map<string, Node>
  open = 0
  /** Milliseconds since the files that stood here from the start were changed. */
  ageBefore = 0
  readonly #first: ReadonlySet<Node>
  readonly #lastStep: number

  constructor(files: ReadonlyMap<string, Uint8Array> = new Map(), lastStep = Number.POSITIVE_INFINITY) {
    this.files = new Map([...files].map(([path, bytes]) => [path, { bytes: bytes.slice() }]))
    this.#first = new Set(this.files.values())
    this.#lastStep = lastStep
  }

  async place(path: string): Promise<Place> {
    const present = this.files.has(path) ? { mode: 0o644, uid: 0, gid: 0 } : undefined
    return { kind: 'file', path, present }
  }

  async openStream(): Promise<NewFile> {
    throw new Error('there is nothing but files here')
  }

  async create(path: string): Promise<NewFile> {
    this.#step({ kind: 'create', path })
    if (this.files.has(path)) throw Object.assign(new Error(path), { code: 'EEXIST' })
    const node: Node = { bytes: new Uint8Array(0) }
    this.files.set(path, node)
    this.open++
    return {
      write: async bytes => {
        const dies = this.steps.length === this.#lastStep
        const part = dies ? bytes.subarray(0, bytes.length >> 1) : bytes
        node.bytes = Buffer.concat([node.bytes, part])
        this.#step({ kind: 'write', path, bytes: bytes.slice() })
        return bytes.length
      },
      sync: async () => this.#step({ kind: 'sync', path }),
      close: async () => {
        this.open--
      },
    }
  }

  async read(path: string): Promise<ByteRanges | undefined> {
    const node = this.files.get(path)
    return node && rangesOf(path, node.bytes)
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step({ kind: 'rename', path: from, to })
    this.files.set(to, this.files.get(from)!)
    this.files.delete(from)
  }

  async remove(path: string): Promise<void> {
    if (!this.files.has(path)) return
    this.#step({ kind: 'remove', path })
    this.files.delete(path)
  }

  async flush(path: string): Promise<void> {
    this.#step({ kind: 'sync', path })
  }

  unparted<T>(steps: () => Promise<T>): Promise<T> {
    return steps()
  }

  async names(folder: string): Promise<string[]> {
    return [...this.files.keys()].filter(path => dirname(path) === folder).map(path => basename(path))
  }

  /** Of what stood here from the start; what was written since is new. */
  async age(path: string): Promise<number> {
    if (!this.files.has(path)) return -1
    return this.#first.has(this.files.get(path)!) ? this.ageBefore : 0
  }

  async syncFolder(path: string): Promise<void> {
    this.#step({ kind: 'syncFolder', path })
  }

  async free(): Promise<number | undefined> {
    return undefined
  }

  /** What a process finds that is started afterwards. */
  contents(): Map<string, Uint8Array> {
    return new Map([...this.files].map(([path, { bytes }]) => [path, bytes]))
  }

  #step(step: Step): void {
    if (this.steps.length >= this.#lastStep) throw new Crash()
    this.steps.push(step)
  }
}

export function rangesOf(name: string, bytes: Uint8Array): ByteRanges {
  return {
    name,
    size: bytes.length,
    read: async (start, end) => {
      if (end > bytes.length) throw new Error(`bytes ${start} to ${end} of ${bytes.length}`)
      return new Uint8Array(bytes.subarray(start, end))
    },
    close: async () => {},
  }
}

/**
 * What can be on a disk whose power failed after `steps`: of the names that were given or taken away since the folder
 * was synced any first part is there, and of the bytes that were not synced all, half or none.
 */
export function* afterPowerFailure(
  before: ReadonlyMap<string, Uint8Array>,
  steps: readonly Step[],
): Generator<Map<string, Uint8Array>> {
  type Entry = { synced: Uint8Array; all: Uint8Array }
  const isName = (step: Step) => step.kind === 'create' || step.kind === 'remove' || step.kind === 'rename'
  const lastSync = steps.findLastIndex(step => step.kind === 'syncFolder')
  const names = steps.flatMap((step, i) => (isName(step) && i > lastSync ? [i] : []))
  for (let kept = 0; kept <= names.length; kept++) {
    const lost = new Set(names.slice(kept))
    const entries = new Map<string, Entry>(
      [...before].map(([path, bytes]) => [path, { synced: bytes, all: bytes }]),
    )
    const open = new Map<string, Entry>() // writing goes on in a file whose name is lost
    for (const [i, step] of steps.entries()) {
      if (step.kind === 'create') open.set(step.path, { synced: new Uint8Array(0), all: new Uint8Array(0) })
      const entry = open.get(step.path) ?? entries.get(step.path)
      if (step.kind === 'write' && entry) entry.all = Buffer.concat([entry.all, step.bytes])
      if (step.kind === 'sync' && entry) entry.synced = entry.all
      if (lost.has(i)) continue
      if (step.kind === 'create') entries.set(step.path, entry!)
      if (step.kind === 'remove') entries.delete(step.path)
      if (step.kind === 'rename') {
        const moved = entries.get(step.path)
        if (moved) entries.set(step.to, moved)
        entries.delete(step.path)
      }
    }
    for (const share of [0, 0.5, 1])
      yield new Map(
        [...entries].map(([path, { synced, all }]) => [
          path,
          all.slice(0, synced.length + Math.floor((all.length - synced.length) * share)),
        ]),
      )
  }
}
