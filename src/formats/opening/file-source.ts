import { WordloomError } from '../../errors.js'
import { openRanges, plainSize, readBytes } from '../../files/index.js'
import type { ByteSource, BytesPassed } from '../../tensors/index.js'
import { folderOf } from './companion.js'

/** How the bytes of a file are taken. */
export interface FileOptions {
  readonly maxDecompressed?: number | undefined
  /** Counts the bytes of a file that is compressed, and of a pipe: a reader cannot count them. */
  readonly passed?: BytesPassed | undefined
}

/** A file by its name, or standard input, with the files beside it. Throws `no-input`. */
export async function sourceOf(
  path: string,
  { maxDecompressed, passed }: FileOptions,
): Promise<ByteSource & { readonly size: number | undefined }> {
  const size = await plainSize(path)
  return {
    name: path === '-' ? 'standard input' : path,
    size,
    chunks: readBytes(path, { maxDecompressed, ...(size === undefined && passed && { onRead: passed }) }),
    ranges: size === undefined ? undefined : () => openRanges(path),
    beside: path === '-' ? undefined : name => sourceIfThere(folderOf(path) + name, { maxDecompressed }),
  }
}

async function sourceIfThere(path: string, options: FileOptions): Promise<ByteSource | undefined> {
  try {
    return await sourceOf(path, options)
  } catch (error) {
    if (error instanceof WordloomError && error.code === 'no-input') return undefined
    throw error
  }
}
