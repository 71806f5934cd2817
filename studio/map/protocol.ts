import type { Positions, Trust } from 'wordloom/map'

/** Vectors by the address they are served at, or as a file that the reader chose. */
export interface VectorSource {
  readonly name: string
  readonly address?: string
  readonly file?: File
  /** So many of the most frequent words are taken. */
  readonly limit: number
}

/** What a page needs of a model to draw it; the vectors stay with the worker. */
export interface OpenedModel {
  readonly name: string
  readonly size: number
  readonly dimensions: number
  /** Words as UTF-8, word i from offsets[i] to offsets[i + 1]. */
  readonly bytes: Uint8Array
  readonly offsets: Uint32Array
  readonly counts: Float64Array
  /** Whether the file may have more words than were taken. */
  readonly isCut: boolean
  readonly warnings: readonly string[]
}

export interface Near {
  readonly ids: readonly number[]
  readonly similarities: readonly number[]
}

/** Another model, turned so that it lies on the first as well as a rotation can make it. */
export interface OpenedOther {
  readonly name: string
  readonly size: number
  /** Words of both models, and how many the rotation was fitted to. */
  readonly shared: number
  readonly fitted: number
  readonly cosineBefore: number
  readonly cosineAfter: number
}

/** What became of a word's nearest words from the first model to the other; only words of both. */
export interface WordShift {
  readonly drift: number
  readonly kept: readonly number[]
  readonly lost: readonly number[]
  readonly gained: readonly number[]
}

export interface FlatPicture extends Positions {
  /** The share of variance along both axes. */
  readonly explained: number
}

/** What the worker can be asked: the argument and the answer of each question. */
export interface Questions {
  open: { ask: VectorSource; answer: OpenedModel }
  flat: { ask: Record<string, never>; answer: FlatPicture }
  /** The order in which words are named. */
  naming: { ask: Record<string, never>; answer: Int32Array }
  /** A layout of the first `mapped` words by their neighbours; all others stand by theirs. */
  layout: { ask: { mapped: number; seed: number }; answer: Positions }
  labels: { ask: Positions & { sizes: Float32Array }; answer: Float64Array }
  clusters: { ask: { count: number }; answer: Int32Array }
  trust: { ask: Positions & { placed: number }; answer: Trust | undefined }
  nearest: { ask: { id: number; count: number }; answer: Near }
  analogy: { ask: { a: number; b: number; c: number; count: number }; answer: Near }
  suggest: { ask: { text: string; count: number }; answer: readonly number[] }
  find: { ask: { word: string }; answer: number | undefined }
  openOther: { ask: VectorSource; answer: OpenedOther }
  otherPlaces: { ask: { picture: PictureKind }; answer: Positions }
  shift: { ask: { id: number; count: number }; answer: WordShift | undefined }
}

export type PictureKind = 'pca' | 'umap'
export type Question = keyof Questions

/** How far an answer has come: what is being done, which part of it is done, and the picture so far. */
export interface Progress {
  readonly doing: string
  readonly part: number
  readonly positions?: Positions
}

/** One question, as it is posted. */
export interface MapRequest {
  readonly question: Question
  readonly ask: unknown
}
