import { type Convention, inConvention, type SparseRows } from '../equations/index.js'
/** The ways in which a file may write a gradient: in full, or only the words that may differ from zero. */
import {
  asList,
  asObject,
  type Content,
  entry,
  type Field,
  fail,
  has,
  isObject,
  member,
  readIndex,
  readMatrix,
  readNumbers,
} from './json-field.js'

/** What a gradient must fit: |V|, d, and how the file holds words. */
export interface GradientShape {
  readonly words: number
  readonly dimensions: number
  readonly convention: Convention
  /** The word that a gradient of d lone numbers belongs to, if there can be one. */
  readonly onlyWord?: number
}

/**
 * A gradient by word. In full it is |V|×d, or d×|V| with words in columns. With only some words it is
 * { "3": […] }, [[3, […]]], [{ "row": 3, "gradient": […] }] or { "rows": [3], "gradients": [[…]] }. The gradient of the
 * center word alone may be d numbers.
 */
export function readGradient(field: Field, shape: GradientShape): SparseRows {
  const { value } = field
  if (isObject(value)) {
    const inLists = has(value, 'rows') && has(value, 'gradients')
    return collect(inLists ? fromLists(field, value, shape) : fromKeys(field, value, shape), shape)
  }
  if (!Array.isArray(value)) return inFull(field, shape)
  if (value.length === 0 || isObject(value[0])) return collect(fromObjects(field, value), shape)
  if (isWordAndVector(value[0])) return collect(fromPairs(field, value), shape)
  const { onlyWord } = shape
  if (onlyWord !== undefined && typeof value[0] === 'number')
    return new Map([[onlyWord, Float64Array.from(readNumbers(field, shape.dimensions))]])
  return inFull(field, shape)
}

/** A word's number as the file has it, and its vector. */
interface Row {
  readonly word: Field
  readonly vector: Field
}

function collect(rows: readonly Row[], { words, dimensions }: GradientShape): SparseRows {
  const gradient = new Map<number, Float64Array>()
  for (const { word, vector } of rows) {
    const index = readIndex(word, words)
    if (gradient.has(index)) fail(word, 'each row once')
    gradient.set(index, Float64Array.from(readNumbers(vector, dimensions)))
  }
  return gradient
}

function inFull(field: Field, { words, dimensions, convention }: GradientShape): SparseRows {
  const matrix =
    convention === 'rows' ? readMatrix(field, words, dimensions) : readMatrix(field, dimensions, words)
  return new Map(inConvention(matrix, convention).entries())
}

function fromKeys(field: Field, byWord: Content, { words }: GradientShape): Row[] {
  return Object.keys(byWord).map(key => {
    const place = `${field.place}: key`
    if (!/^(0|[1-9]\d*)$/.test(key))
      fail({ value: key, place }, `the number of a word, from 0 to ${words - 1}`)
    return { word: { value: Number(key), place }, vector: member(field, byWord, key) }
  })
}

function fromLists(field: Field, content: Content, { words }: GradientShape): Row[] {
  const rows = member(field, content, 'rows')
  const gradients = member(field, content, 'gradients')
  const ids = asList(rows, `a list of rows from 0 to ${words - 1}`)
  const expected = `a list of ${ids.length} gradients, one for each of its rows`
  const vectors = asList(gradients, expected)
  if (vectors.length !== ids.length) fail(gradients, expected)
  return ids.map((id, i) => ({ word: entry(rows, id, i), vector: entry(gradients, vectors[i], i) }))
}

function fromObjects(field: Field, list: readonly unknown[]): Row[] {
  return list.map((value, i) => {
    const place = entry(field, value, i)
    const content = asObject(place, 'an object with "row" and "gradient"')
    return { word: member(place, content, 'row'), vector: member(place, content, 'gradient') }
  })
}

function fromPairs(field: Field, list: readonly unknown[]): Row[] {
  return list.map((value, i) => {
    const place = entry(field, value, i)
    if (!isWordAndVector(value)) fail(place, 'a row and its gradient, such as [3, [0.1, 0.2]]')
    return { word: entry(place, value[0], 0), vector: entry(place, value[1], 1) }
  })
}

function isWordAndVector(value: unknown): value is [number, unknown[]] {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'number' && Array.isArray(value[1])
}
