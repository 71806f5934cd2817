import { basename, dirname, join } from 'node:path'
import { sha256 } from '../../files/index.js'

/** Of a name, in bytes: what usual file systems take. */
const LONGEST = 255
/** Bytes that are added to the name of a companion for a moment: of its lock and the number of a process. */
const ADDED = '.lock.01234567'.length
/** Of the output's name in that of a companion, where there is no room for all of it, in bytes. */
const BEGINNING = 100

/**
 * The name of what lies beside an output while it is made: its own with an ending, or, if that is too long, its
 * beginning, a digest of all of it, and the ending. It is the same for every run.
 */
export function companionName(output: string, ending: string): string {
  const name = Buffer.from(basename(output))
  if (name.length + ending.length + ADDED <= LONGEST) return output + ending
  const beginning = name.subarray(0, BEGINNING).toString()
  return join(dirname(output), `${beginning}~${digestOf(name)}${ending}`)
}

function digestOf(name: Uint8Array): string {
  const hash = sha256()
  hash.update(name)
  return hash.finish().slice(0, 16)
}
