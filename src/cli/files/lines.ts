import { readText } from '../../files/index.js'

/** The lines of a text, without the characters that end them. Throws `no-input`. */
export async function* linesOf(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder() // leaves a byte order mark out
  let open = ''
  for await (const bytes of readText(path)) {
    const lines = (open + decoder.decode(bytes, { stream: true })).split('\n')
    open = lines.pop()!
    for (const line of lines) yield withoutReturn(line)
  }
  const last = open + decoder.decode()
  if (last !== '') yield withoutReturn(last)
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}
