import { WordloomError } from '#errors'
import { Random } from '#math/random'
import type { Files } from './files.js'
import { mutated } from './mutate.js'
import type { Reader } from './readers.js'

/** What the readers may answer to a file that is wrong. */
const answers = new Set(['bad-data', 'too-large', 'no-input'])

/** Case `index` of a run with this seed: one of the reader's files, one file of it mutated. */
export function caseOf(reader: Reader, seed: number, index: number): { files: Files; random: Random } {
  const random = new Random(seed, index)
  const { main, content } = reader.seeds[random.below(reader.seeds.length)]!
  const names = Object.keys(content)
  const name = random.below(3) > 0 ? main : names[random.below(names.length)]!
  const others = reader.seeds.map(files => Object.values(files.content)[0]!)
  return { files: { main, content: { ...content, [name]: mutated(content[name]!, random, others) } }, random }
}

/** What is wrong with the reader's answer, undefined where nothing is. */
export async function wrongWith(reader: Reader, files: Files, random: Random): Promise<string | undefined> {
  try {
    await reader.read(files, random)
    return undefined
  } catch (error) {
    if (error instanceof WordloomError && answers.has(error.code)) return undefined
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
}
