/** What one request, and all of them together, may ask for. */
export interface Limits {
  /** Bytes of a body of texts. */
  readonly textBody: number
  /** Bytes of any other body. */
  readonly body: number
  /** Bytes of all bodies that are in memory. */
  readonly bodies: number
  /** Bytes of an answer. */
  readonly answer: number
  /** Bytes of all answers that are being made, with what is needed for it. */
  readonly answers: number
  /** Characters of a text. */
  readonly text: number
  /** Tokens of all texts of a request. */
  readonly tokens: number
  /** Requests of one key that are worked on or wait. */
  readonly requests: number
  /** Questions for neighbours of one key that wait for a scan of one model. */
  readonly waiting: number
}

export const usualLimits: Limits = {
  textBody: 8 << 20,
  body: 1 << 20,
  bodies: 128 << 20,
  answer: 64 << 20,
  answers: 256 << 20,
  text: 100_000,
  tokens: 300_000,
  requests: 2_000,
  waiting: 8_192,
}

/** Bounds that clients count on, and which therefore do not move. */
export const MOST_INPUTS = 2_048
export const MOST_QUERIES = 1_024
export const MOST_NEIGHBORS = 1_000
/** Characters of a question to documents: they are read twice or thrice, without a pause. */
export const LONGEST_QUESTION = 10_000
/** Bytes of a document, with all that it has. */
export const LARGEST_DOCUMENT = 1 << 20
/** Fields by which documents are filtered. */
export const MOST_FIELDS = 100
/** A word of a text has no more bytes, so no longer one is known. */
export const LONGEST_WORD = 1_000
