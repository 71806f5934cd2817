// Runs cases of one reader, and writes down which one it is at, so that the parent can tell which one it died of.
import { openSync, writeSync } from 'node:fs'
import { Random } from '#math/random'
import type { Files } from './files.js'
import { readers } from './readers.js'
import { caseOf, wrongWith } from './run-case.js'

const MOST_BYTES = 64 << 20
const [name, seed, from, to, progressPath] = process.argv.slice(2)
const reader = (await readers()).find(reader => reader.name === name)!
const progress = openSync(progressPath!, 'r+')
const at = new Uint32Array(1)

process.on('unhandledRejection', error => {
  throw error
})
for (const files of reader.seeds) await wrongWith(reader, files, new Random(0, 0)) // loads what is loaded at first use
for (let index = Number(from); index < Number(to); index++) {
  at[0] = index
  writeSync(progress, at, 0, 4, 0)
  const { files, random } = caseOf(reader, Number(seed), index)
  const before = peak()
  const wrong = await wrongWith(reader, files, random)
  const grown = peak() - before - sizeOf(files)
  if (wrong !== undefined) report(index, wrong)
  else if (grown > MOST_BYTES) report(index, `it took ${Math.round(grown / 2 ** 20)} MB above the file`)
}
process.send!({ done: true })
process.disconnect()

function peak(): number {
  return process.resourceUsage().maxRSS * 1024
}

function sizeOf(files: Files): number {
  return Object.values(files.content).reduce((sum, content) => sum + content.length, 0)
}

function report(index: number, wrong: string): void {
  process.send!({ index, wrong })
}
