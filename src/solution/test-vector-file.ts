import { type Convention, inConvention, outsideWords, type SparseRows } from '../equations/index.js'
/** The file format of test vectors, read from parsed JSON; docs/equations.md describes it. */
import {
  asList,
  asObject,
  type Content,
  entry,
  type Field,
  fail,
  has,
  isObject,
  keyOf,
  member,
  plain,
  readIndex,
  readMatrix,
  readNumber,
  readNumbers,
  readText,
} from './json-field.js'
import { type GradientShape, readGradient } from './test-vector-gradients.js'

/** The objectives that can be checked, by their names in a file. */
export const objectiveNames = ['naiveSoftmax', 'negativeSampling'] as const

export type ObjectiveName = (typeof objectiveNames)[number]

/** The columns of a table of the sigmoid and its kin, without x. */
export const sigmoidColumns = ['sigma', 'derivative', 'logSigma'] as const

/** Entry i of each column is about x[i]; a column may be left out. */
export interface ExpectedSigmoid {
  x: number[]
  columns: Partial<Record<(typeof sigmoidColumns)[number], number[]>>
}

/** One window, and its expected results. Words are in rows here, whatever the convention of the file. */
export interface TestCase {
  name: string
  /** What to call it in a sentence. */
  place: string
  center: number
  outside: number[]
  /** One list for each outside word; there if negative sampling is to be checked. */
  negatives: number[][] | undefined
  /** Input vectors, |V|×d; only the center word's, 1×d, if the file has only that. */
  V: Float64Array[]
  /** Output vectors, |V|×d. */
  U: Float64Array[]
  objectives: Partial<Record<ObjectiveName, ExpectedObjective>>
}

/** Something in a file that cannot be checked. */
export interface UncheckedCase {
  /** The name of the case. */
  name: string
  /** The objectives in it that are not known here; empty if it has none at all. */
  objectives: string[]
}

/** The values of one objective, summed over the outside words; each may be left out. Absent rows should be zero. */
export interface ExpectedObjective {
  loss: number | undefined
  gradV: SparseRows | undefined
  gradU: SparseRows | undefined
  /** softmax(U v_c), |V|×1; only under naive softmax. */
  yHat: number[] | undefined
}

export interface TestVectorFile {
  convention: Convention
  sigmoid: ExpectedSigmoid | undefined
  cases: TestCase[]
  unchecked: UncheckedCase[]
}

/**
 * Reads test vectors. `convention` says how the matrices hold words if the file does not. Throws `bad-data`, naming
 * the case and the field, if something is not as it should be.
 */
export function readTestVectors(json: unknown, convention?: Convention): TestVectorFile {
  const file: Field = { value: json, place: 'the file of test vectors' }
  const root = Array.isArray(json) ? { cases: json } : asObject(file, 'an object with "cases"')
  const held = convention ?? conventionOf(root)
  const sigmoid = has(root, 'sigmoid') ? readSigmoid({ value: root.sigmoid, place: 'sigmoid' }) : undefined
  const cases = casesOf(root, sigmoid !== undefined).map(nameCase)
  return {
    convention: held,
    sigmoid,
    cases: cases.filter(hasObjective).map(found => readCase(found, held)),
    unchecked: cases
      .map(({ name, content }) => ({ name, objectives: unknownObjectives(content) }))
      .filter(({ objectives }, i) => objectives.length > 0 || !hasObjective(cases[i])),
  }
}

/** "columns", or a sentence that says d × |V|; rows otherwise. */
function conventionOf({ convention }: Content): Convention {
  if (typeof convention !== 'string') return 'rows'
  return plain(convention) === 'columns' || /\bd\s*[x×]\s*\|V\|/i.test(convention) ? 'columns' : 'rows'
}

/** A list of cases, an object of cases by name, or one case that is the whole file. */
function casesOf(root: Content, hasSigmoid: boolean): unknown[] {
  if (!has(root, 'cases') && has(root, 'U')) return [root]
  if (!has(root, 'cases') && hasSigmoid) return []
  const field: Field = { value: root.cases, place: 'cases' }
  if (isObject(root.cases))
    return Object.entries(root.cases).map(([name, value]) => (isObject(value) ? { name, ...value } : value))
  const list = asList(field, 'a list of cases')
  return list.length > 0 ? list : fail(field, 'at least one case')
}

function readSigmoid(field: Field): ExpectedSigmoid {
  const table = asObject(field, 'an object with lists "x", "sigma", "derivative" and "logSigma"')
  const x = readNumbers(member(field, table, 'x'))
  if (x.length === 0) fail(member(field, table, 'x'), 'at least one number')
  const present = sigmoidColumns.filter(name => has(table, name))
  if (present.length === 0) fail(member(field, table, 'sigma'), `a list of ${x.length} numbers`)
  const column = (name: string) => [name, readNumbers(member(field, table, name), x.length)]
  return { x, columns: Object.fromEntries(present.map(column)) }
}

/** A case, its name, and the place to tell of. */
interface NamedCase {
  readonly name: string
  readonly content: Content
  readonly field: Field
}

function nameCase(value: unknown, position: number): NamedCase {
  const unnamed: Field = { value, place: `case ${position + 1}` }
  const content = asObject(unnamed, 'an object with "center", "outside", "V" and "U"')
  if (!has(content, 'name')) return { name: unnamed.place, content, field: unnamed }
  const name = readText(member(unnamed, content, 'name'))
  return { name, content, field: { value, place: `case "${name}"` } }
}

function hasObjective({ content, field }: NamedCase): boolean {
  return objectivesOf(field, content).length > 0
}

function readCase({ name, content, field }: NamedCase, convention: Convention): TestCase {
  const inputs = readInputs(field, content, convention)
  const objectives = objectivesOf(field, content).map(
    ([key, at]) => [key, readObjective(at, key, inputs, convention)] as const,
  )
  const isSampled = objectives.some(([key]) => key === 'negativeSampling')
  return {
    name,
    place: field.place,
    ...inputs,
    negatives: isSampled ? readNegatives(member(field, content, 'negatives'), inputs) : undefined,
    objectives: Object.fromEntries(objectives),
  }
}

type Inputs = Pick<TestCase, 'center' | 'outside' | 'V' | 'U'>

function readInputs(field: Field, content: Content, convention: Convention): Inputs {
  const held = member(field, content, has(content, 'V') ? 'V' : 'U')
  const [words, dimensions] = shapeOf(held, convention)
  const U = readVectors(member(field, content, 'U'), words, dimensions, convention)
  const outside = readOutside(field, content, words)
  if (!has(content, 'V') && has(content, 'centerVector')) {
    const vector = readNumbers(member(field, content, 'centerVector'), dimensions)
    return { center: 0, outside, V: [Float64Array.from(vector)], U }
  }
  const V = readVectors(member(field, content, 'V'), words, dimensions, convention)
  return { center: readCenter(field, content, words), outside, V, U }
}

/** |V| and d of a matrix, as its convention has them. */
function shapeOf(field: Field, convention: Convention): [words: number, dimensions: number] {
  const matrix = readMatrix(field)
  return convention === 'rows' ? [matrix.length, matrix[0].length] : [matrix[0].length, matrix.length]
}

/** A matrix in either convention, a word a row. */
function readVectors(field: Field, words: number, dimensions: number, convention: Convention) {
  const [rows, columns] = convention === 'rows' ? [words, dimensions] : [dimensions, words]
  return inConvention(readMatrix(field, rows, columns), convention)
}

function readCenter(field: Field, content: Content, words: number): number {
  if (!has(content, 'center') && has(content, 'sentence')) return placeOf(field, content, words).center
  return readIndex(member(field, content, 'center'), words)
}

/** The outside words: a list, a lone one, or those of a window around a position of a sentence. */
function readOutside(field: Field, content: Content, words: number): number[] {
  if (!has(content, 'outside') && has(content, 'sentence')) return placeOf(field, content, words).outside
  const outside = member(field, content, 'outside')
  return typeof outside.value === 'number' ? [readIndex(outside, words)] : readWords(outside, words)
}

function placeOf(field: Field, content: Content, words: number) {
  const sentence = readWords(member(field, content, 'sentence'), words)
  const position = readIndex(member(field, content, 'position'), sentence.length)
  const reach = readIndex(member(field, content, 'window'), Number.MAX_SAFE_INTEGER)
  return { center: sentence[position], outside: outsideWords({ sentence, position, reach }) }
}

/** One list for each outside word; for a lone outside word its negatives may stand by themselves. */
function readNegatives(field: Field, { outside, U }: Inputs): number[][] {
  const expected = `${outside.length} lists of words, one for each outside word`
  const list = asList(field, expected)
  if (outside.length === 1 && list.every(value => typeof value === 'number'))
    return [readWords(field, U.length)]
  if (list.length !== outside.length) fail(field, expected)
  return list.map((value, j) => readWords(entry(field, value, j), U.length))
}

/** The objectives of a case: under their names, or its values themselves if it says `"objective": name`. */
function objectivesOf(field: Field, content: Content): [ObjectiveName, Field][] {
  const stated = typeof content.objective === 'string' ? plain(content.objective) : undefined
  return objectiveNames.flatMap((name): [ObjectiveName, Field][] => {
    if (has(content, name)) return [[name, member(field, content, name)]]
    if (stated !== plain(name)) return []
    return [[name, has(content, 'expected') ? member(field, content, 'expected') : field]]
  })
}

function readObjective(
  field: Field,
  name: ObjectiveName,
  { center, V, U }: Inputs,
  convention: Convention,
): ExpectedObjective {
  const content = asObject(field, 'an object with "loss", "gradV" and "gradU"')
  const names = ['loss', 'gradV', 'gradU', ...(name === 'naiveSoftmax' ? ['yHat'] : [])]
  if (!names.some(quantity => has(content, quantity)))
    fail(member(field, content, 'loss'), `a number, or any of ${names.slice(1).join(', ')}`)
  const read = <T>(quantity: string, from: (at: Field) => T) =>
    has(content, quantity) ? from(member(field, content, quantity)) : undefined
  const shape: GradientShape = { words: U.length, dimensions: U[0].length, convention }
  return {
    loss: read('loss', readNumber),
    gradV: read('gradV', at => readGradient(at, { ...shape, words: V.length, onlyWord: center })),
    gradU: read('gradU', at => readGradient(at, shape)),
    yHat: name === 'naiveSoftmax' ? read('yHat', at => readNumbers(at, U.length)) : undefined,
  }
}

/** Objects with a loss or a gradient under a name that is not known, and a stated objective that is not. */
function unknownObjectives(content: Content): string[] {
  const known = [...objectiveNames, 'expected'].map(name => keyOf(content, name))
  const objects = Object.keys(content).filter(key => {
    const value = content[key]
    return (
      !known.includes(key) && isObject(value) && ['loss', 'gradV', 'gradU'].some(name => has(value, name))
    )
  })
  const { objective } = content
  const isStated =
    typeof objective === 'string' && !objectiveNames.some(name => plain(name) === plain(objective))
  return isStated ? [...objects, objective] : objects
}

function readWords(field: Field, words: number): number[] {
  return asList(field, 'a list of words').map((value, i) => readIndex(entry(field, value, i), words))
}
