import { WordloomError } from '../../errors.js'
import { readBytes } from '../../files/index.js'

/** A JSON file, or standard input for '-'. Throws `no-input`, and `bad-data` if it is not JSON. */
export async function readJson(path: string): Promise<unknown> {
  const chunks: Uint8Array[] = []
  for await (const chunk of readBytes(path)) chunks.push(chunk)
  try {
    return JSON.parse(new TextDecoder().decode(Buffer.concat(chunks)))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new WordloomError(
      'bad-data',
      { place: { file: path }, found: `it is not JSON (${error.message})` },
      { cause: error },
    )
  }
}
