import { type Place, WordloomError } from '../../errors.js'
import { eachLineOf } from '../files/lines.js'

const VARIABLE = 'WORDLOOM_API_KEY'
const SHORTEST = 8
const LONGEST = 1_024

/** The keys of a file, one a line, and that of the environment. Throws `usage` for keys that no client could send. */
export async function keysOf(path: string | undefined): Promise<string[]> {
  const { [VARIABLE]: ofEnvironment } = process.env
  const inFile: string[] = []
  let number = 0
  if (path !== undefined)
    await eachLineOf(path, 'bytes', line => {
      number++
      const key = line.trim()
      if (key === '' || key.startsWith('#')) return
      check(key, { file: path, line: number })
      inFile.push(key)
    })
  if (path !== undefined && inFile.length === 0)
    throw new WordloomError('bad-data', {
      place: { file: path },
      found: 'no key is in it',
      expected: 'keys, one a line',
    })
  const others = ofEnvironment ? [ofEnvironment.trim()] : []
  for (const key of others) check(key, { part: VARIABLE })
  return [...new Set([...inFile, ...others])]
}

/** Says nothing of the key itself. */
function check(key: string, place: Place): void {
  if (/^[!-~]+$/.test(key) && !key.includes(',') && key.length >= SHORTEST && key.length <= LONGEST) return
  throw new WordloomError('usage', {
    action: 'serve',
    place,
    found: `the key ${problemOf(key)}`,
    expected: `${SHORTEST} to ${LONGEST.toLocaleString('en')} characters of ASCII without spaces and commas`,
    cure: 'make one with: openssl rand -hex 24',
  })
}

function problemOf(key: string): string {
  if (key.length < SHORTEST) return `has fewer than ${SHORTEST} characters`
  if (key.length > LONGEST) return `has more than ${LONGEST.toLocaleString('en')} characters`
  return 'cannot stand in a header'
}
