import { readFile } from 'node:fs/promises'
import { WordloomError } from '../../errors.js'

const VARIABLE = 'WORDLOOM_API_KEY'
const SHORTEST = 8
const LONGEST = 1_024

/** The keys of a file, one a line, and that of the environment. Throws `usage` for keys that no client could send. */
export async function keysOf(path: string | undefined): Promise<string[]> {
  const { [VARIABLE]: ofEnvironment } = process.env
  const lines = path === undefined ? [] : (await readFile(path, 'utf8')).split(/\r?\n/)
  const inFile = lines.map(line => line.trim()).filter(line => line !== '' && !line.startsWith('#'))
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
