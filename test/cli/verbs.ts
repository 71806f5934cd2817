import { wordloom } from './wordloom.js'

/** Every verb, as the list of them in the help has it. */
export async function verbs(): Promise<string[]> {
  const { stdout } = await wordloom(['--help'])
  return [...stdout.matchAll(/^ {2}([a-z-]+) [<[]/gm)].map(([, verb]) => verb!)
}
