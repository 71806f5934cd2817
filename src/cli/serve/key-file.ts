import { WordloomError } from '../../errors.js'
import { eachLineOf } from '../files/lines.js'

const VARIABLE = 'WORDLOOM_API_KEY'
const SHORTEST = 8
const LONGEST = 1_024

/** The keys of a file, one a line, and that of the environment. Throws `usage` for keys that no client could send. */
export async function keysOf(path: string | undefined): Promise<string[]> {
  const { [VARIABLE]: ofEnvironment } = process.env
  const inFile: string[] = []
  if (path !== undefined)
    await eachLineOf(path, line => {
      const key = line.trim()
      if (key !== '' && !key.startsWith('#')) inFile.push(key)
    })
  if (path !== undefined && inFile.length === 0)
    throw new WordloomError('bad-data', {
      place: { file: path },
      found: 'no key is in it',
      expected: 'keys, one a line',
    })
  const keys = [...inFile, ...(ofEnvironment ? [ofEnvironment.trim()] : [])]
  for (const [i, key] of keys.entries()) check(key, i < inFile.length ? path! : VARIABLE)
  return [...new Set(keys)]
}

/** Says nothing of the key itself. */
function check(key: string, where: string): void {
  if (/^[!-~]+$/.test(key) && !key.includes(',') && key.length >= SHORTEST && key.length <= LONGEST) return
  throw new WordloomError('usage', {
    action: 'serve',
    found: `a key of ${where} is ${key.length < SHORTEST ? 'short' : 'none that a header can hold'}`,
    expected: `${SHORTEST} to ${LONGEST.toLocaleString('en')} characters of ASCII without spaces and commas`,
    cure: 'make one with: openssl rand -hex 24',
  })
}
