/** Receives the tokens of a text, in order. */
export interface TokenSink {
  /** One token: bytes[start…end), 1 to 1,000 bytes. They are only valid during the call: copy to keep. */
  token(bytes: Uint8Array, start: number, end: number): void
  /** The sentence is over. */
  endSentence(): void
}

/** Cuts text into tokens; the text comes in chunks that may be cut anywhere, even within a character. */
export interface Scanner {
  /** Tokens left out because they were longer than MAX_TOKEN_BYTES. */
  readonly skipped: number
  write(bytes: Uint8Array): void
  /** The text is over: ends the token and the sentence that are still open. A new text may follow. */
  end(): void
}

/** No word is this long; a file that is not text is. Longer tokens are skipped and counted, in constant memory. */
export const MAX_TOKEN_BYTES = 1000

export const NEWLINE = 0x0a

/** Space, tab, carriage return, vertical tab, form feed: what separates tokens within a line. */
export function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === 0x0b || byte === 0x0c
}
