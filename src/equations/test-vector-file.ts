/** The file format of test vectors, read from parsed JSON; docs/equations.md describes it. */
import { WordloomError } from '../errors.js'
import type { SparseRows } from './rows.js'

/** A table of the sigmoid and its kin: entry i of each is about x[i]. */
export interface ExpectedSigmoid {
  x: number[]
  sigma: number[]
  derivative: number[]
  logSigma: number[]
}

/** One window, and what it should come to. */
export interface TestCase {
  name: string
  center: number
  outside: number[]
  /** One list for each outside word; there if negative sampling is to be checked. */
  negatives: number[][] | undefined
  /** Input vectors, |V|×d. */
  V: number[][]
  /** Output vectors, |V|×d. */
  U: number[][]
  naiveSoftmax: ExpectedObjective | undefined
  negativeSampling: ExpectedObjective | undefined
}

/** The values of one objective, summed over the outside words. Rows absent from a gradient should be zero. */
export interface ExpectedObjective {
  loss: number
  gradV: SparseRows
  gradU: SparseRows
  /** softmax(U v_c), |V|×1; only under naive softmax, and only if the file has it. */
  yHat: number[] | undefined
}

export interface TestVectorFile {
  sigmoid: ExpectedSigmoid | undefined
  cases: TestCase[]
}

/** A value of the file, and where it stands, for error messages. */
interface Field {
  value: unknown
  place: string
}

/** Reads test vectors. Throws `bad-data`, naming the case and the field, where something is not as it should be. */
export function readTestVectors(json: unknown): TestVectorFile {
  const file: Field = { value: json, place: 'the file of test vectors' }
  const root = asObject(file, 'an object with "cases"')
  const sigmoid = isAbsent(root.sigmoid) ? undefined : readSigmoid({ value: root.sigmoid, place: 'sigmoid' })
  const cases = asList({ value: root.cases, place: 'cases' }, 'a list of cases')
  if (cases.length === 0) fail({ value: cases, place: 'cases' }, 'at least one case')
  return { sigmoid, cases: cases.map(readCase) }
}

function readSigmoid(field: Field): ExpectedSigmoid {
  const table = asObject(field, 'an object with lists "x", "sigma", "derivative" and "logSigma"')
  const x = readNumbers(member(field, table, 'x'))
  if (x.length === 0) fail(member(field, table, 'x'), 'at least one number')
  const column = (name: string) => readNumbers(member(field, table, name), x.length)
  return { x, sigma: column('sigma'), derivative: column('derivative'), logSigma: column('logSigma') }
}

function readCase(value: unknown, position: number): TestCase {
  const unnamed: Field = { value, place: `case ${position + 1}` }
  const content = asObject(unnamed, 'an object with "center", "outside", "V" and "U"')
  const name = isAbsent(content.name) ? unnamed.place : asText(member(unnamed, content, 'name'))
  const field: Field = { value, place: isAbsent(content.name) ? name : `case "${name}"` }
  const V = readMatrix(member(field, content, 'V'))
  const U = readMatrix(member(field, content, 'U'), V.length, V[0].length)
  const outside = readWords(member(field, content, 'outside'), V.length)
  const objective = (key: 'naiveSoftmax' | 'negativeSampling') =>
    isAbsent(content[key]) ? undefined : readObjective(member(field, content, key), V.length, V[0].length)
  const naiveSoftmax = objective('naiveSoftmax')
  const negativeSampling = objective('negativeSampling')
  if (!naiveSoftmax && !negativeSampling)
    fail(
      { value: undefined, place: `${field.place}: naiveSoftmax` },
      'naiveSoftmax, negativeSampling or both',
    )
  return {
    name,
    center: readWord(member(field, content, 'center'), V.length),
    outside,
    negatives:
      negativeSampling && readNegatives(member(field, content, 'negatives'), outside.length, V.length),
    V,
    U,
    naiveSoftmax,
    negativeSampling,
  }
}

function readNegatives(field: Field, outsideWords: number, words: number): number[][] {
  const expected = `${outsideWords} lists of words, one for each outside word`
  const lists = asList(field, expected)
  if (lists.length !== outsideWords) fail(field, expected)
  return lists.map((value, j) => readWords(entry(field, value, j), words))
}

function readObjective(field: Field, words: number, dimensions: number): ExpectedObjective {
  const content = asObject(field, 'an object with "loss", "gradV" and "gradU"')
  return {
    loss: readNumber(member(field, content, 'loss')),
    gradV: readGradient(member(field, content, 'gradV'), words, dimensions),
    gradU: readGradient(member(field, content, 'gradU'), words, dimensions),
    yHat: isAbsent(content.yHat) ? undefined : readNumbers(member(field, content, 'yHat'), words),
  }
}

/** A gradient in full, or only some rows: { "3": [...] } or [{ "row": 3, "gradient": [...] }]. */
function readGradient(field: Field, words: number, dimensions: number): SparseRows {
  const { value } = field
  if (Array.isArray(value) && (value.length === 0 || isObject(value[0])))
    return readRowList(field, value, words, dimensions)
  if (isObject(value)) return readRowsByKey(field, value, words, dimensions)
  const rows = readMatrix(field, words, dimensions)
  return new Map(rows.map((row, word) => [word, Float64Array.from(row)]))
}

function readRowList(field: Field, list: unknown[], words: number, dimensions: number): SparseRows {
  const rows = new Map<number, Float64Array>()
  list.forEach((value, position) => {
    const place = entry(field, value, position)
    const content = asObject(place, 'an object with "row" and "gradient"')
    const row = readWord(member(place, content, 'row'), words)
    if (rows.has(row)) fail(member(place, content, 'row'), 'each row once')
    rows.set(row, Float64Array.from(readNumbers(member(place, content, 'gradient'), dimensions)))
  })
  return rows
}

function readRowsByKey(
  field: Field,
  byKey: Record<string, unknown>,
  words: number,
  dimensions: number,
): SparseRows {
  return new Map(
    Object.keys(byKey).map(key => {
      const row = /^(0|[1-9]\d*)$/.test(key) ? Number(key) : Number.NaN
      if (!(row < words)) fail({ value: key, place: `${field.place}: key` }, `a row from 0 to ${words - 1}`)
      return [row, Float64Array.from(readNumbers(member(field, byKey, key), dimensions))]
    }),
  )
}

/** A matrix as its rows: as many as said, or at least one; each as long as said, or as the first. */
function readMatrix(field: Field, rows?: number, dimensions?: number): number[][] {
  const list = asList(field, rows === undefined ? 'a list of rows' : `${rows} rows of ${dimensions} numbers`)
  if (list.length !== (rows ?? list.length) || list.length === 0)
    fail(field, rows === undefined ? 'at least one row' : `${rows} rows`)
  const first = readNumbers(entry(field, list[0], 0), dimensions)
  if (first.length === 0) fail(entry(field, list[0], 0), 'at least one number')
  return list.map((value, row) => readNumbers(entry(field, value, row), first.length))
}

function readNumbers(field: Field, length?: number): number[] {
  const expected = length === undefined ? 'a list of numbers' : `a list of ${length} numbers`
  const list = asList(field, expected)
  if (length !== undefined && list.length !== length) fail(field, expected)
  return list.map((value, i) => readNumber(entry(field, value, i)))
}

function readWords(field: Field, words: number): number[] {
  return asList(field, 'a list of words').map((value, i) => readWord(entry(field, value, i), words))
}

function readNumber(field: Field): number {
  return Number.isFinite(field.value) ? (field.value as number) : fail(field, 'a finite number')
}

/** A word as the row of its vectors. */
function readWord(field: Field, words: number): number {
  const word = field.value as number
  return Number.isInteger(word) && word >= 0 && word < words
    ? word
    : fail(field, `a row from 0 to ${words - 1}`)
}

function asText(field: Field): string {
  return typeof field.value === 'string' ? field.value : fail(field, 'a text')
}

function asList(field: Field, expected: string): unknown[] {
  return Array.isArray(field.value) ? field.value : fail(field, expected)
}

function asObject(field: Field, expected: string): Record<string, unknown> {
  return isObject(field.value) ? field.value : fail(field, expected)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Null counts as absent: it is how Python writes None. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null
}

function member(field: Field, content: Record<string, unknown>, key: string): Field {
  return { value: content[key], place: `${field.place}: ${key}` }
}

function entry(field: Field, value: unknown, position: number): Field {
  return { value, place: `${field.place}[${position}]` }
}

function fail({ value, place }: Field, expected: string): never {
  throw new WordloomError('bad-data', `${place} is ${describe(value)}; expected ${expected}`)
}

function describe(value: unknown): string {
  if (isAbsent(value)) return 'missing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (isObject(value)) return 'an object'
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
