import { scannerFor, type Tokenizer, type TokenSink } from '#text/index'

/** A sink that keeps every token as latin1, byte for byte, and the sentences that have tokens. */
export function collector() {
  const sentences: string[][] = []
  let open: string[] = []
  const sink: TokenSink = {
    token: (bytes, start, end) => void open.push(Buffer.from(bytes.subarray(start, end)).toString('latin1')),
    endSentence() {
      if (open.length > 0) sentences.push(open)
      open = []
    },
  }
  return { sink, sentences }
}

export function scan(tokenizer: Tokenizer, chunks: Iterable<Uint8Array>) {
  const { sink, sentences } = collector()
  const scanner = scannerFor(tokenizer, sink)
  for (const chunk of chunks) scanner.write(chunk)
  scanner.end()
  return { sentences, skipped: scanner.skipped }
}

/** The sentences of a text as strings. */
export function scanText(tokenizer: Tokenizer, text: string): string[][] {
  const decode = (token: string) => Buffer.from(token, 'latin1').toString()
  return scan(tokenizer, [Buffer.from(text)]).sentences.map(sentence => sentence.map(decode))
}

/** A text cut into chunks at the places given, in any order, any number. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = [...new Set(places.map(place => place % (bytes.length + 1)))].sort((a, b) => a - b)
  return [0, ...at].map((from, i) => bytes.subarray(from, at[i] ?? bytes.length))
}
