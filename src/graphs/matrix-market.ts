import { type Fault, type Place, WordloomError } from '../errors.js'

const WHOLE = /^\d{1,15}$/
const HEADER = /^%%?MatrixMarket\s+matrix\s+(\S+)\s+(\S+)\s+(\S+)/i
const SIZES = /^(\d{1,15})\s+(\d{1,15})\s+(\d{1,15})$/
const NAME = /\.mtx(\.gz|\.zst)?$/i

/** A sparse square matrix as text: a header, comments, a line of sizes, and an entry a line (Boisvert et al. 1996). */
export class MatrixMarket {
  /** Its file has one half only. */
  readonly isSymmetric: boolean
  #sizes: { readonly rows: number; readonly entries: number } | undefined

  constructor(isSymmetric: boolean) {
    this.isSymmetric = isSymmetric
  }

  /**
   * The matrix that a file has which begins with this line, if it has one. Some have no header, and only their name
   * tells. Throws `bad-data` for a matrix that is no graph.
   */
  static begunBy(line: string, place: Place): MatrixMarket | undefined {
    const [, layout, numbers, symmetry] = HEADER.exec(line)?.map(word => word.toLowerCase()) ?? []
    if (layout === undefined) return isNamed(place) ? new MatrixMarket(false) : undefined
    if (layout !== 'coordinate')
      throw wrong(place, {
        found: `this Matrix Market file has a matrix as an ${layout}`,
        expected: 'coordinates',
      })
    if (numbers === 'complex' || symmetry === 'hermitian' || symmetry === 'skew-symmetric')
      throw wrong(place, {
        found: `the matrix of this file is ${numbers === 'complex' ? numbers : symmetry}`,
        expected: 'weights above 0, or a pattern',
      })
    return new MatrixMarket(symmetry === 'symmetric')
  }

  /** Whether this is the line of sizes, the first one that is no comment. Throws `bad-data` if it should be and is not. */
  takesSizes(line: Uint8Array, place: Place): boolean {
    if (this.#sizes) return false
    const text = new TextDecoder().decode(line)
    const [, rows, columns, entries] = SIZES.exec(text)?.map(Number) ?? []
    if (rows === undefined)
      throw wrong(place, {
        found: `this line is ${JSON.stringify(text.slice(0, 60))}`,
        expected: 'the sizes of a Matrix Market file: rows, columns and entries',
      })
    if (rows !== columns)
      throw wrong(place, {
        found: `the matrix has ${rows!.toLocaleString('en')} rows and ${columns!.toLocaleString('en')} columns, so row 1 and column 1 are not the same node`,
        expected: 'a square matrix',
      })
    this.#sizes = { rows, entries: entries! }
    return true
  }

  /** Throws `bad-data` for a place that the matrix does not have. */
  checkEntry(names: readonly string[], place: Place): void {
    const { rows } = this.#sizes!
    for (const name of names)
      if (!WHOLE.test(name) || Number(name) < 1 || Number(name) > rows)
        throw wrong(place, {
          found: `a row or column is "${name.slice(0, 40)}"`,
          expected: `a number from 1 to ${rows.toLocaleString('en')}, as the line of sizes says`,
        })
  }

  /** Throws `bad-data` if there are more or fewer entries than the line of sizes says. */
  checkCount(found: number, place: Place): void {
    const entries = this.#sizes?.entries ?? 0
    if (found === entries) return
    throw wrong(place, {
      found: `there are ${found.toLocaleString('en')} entries`,
      expected: `${entries.toLocaleString('en')}, as the line of sizes says`,
      cure: 'fetch the file again if it was cut off',
    })
  }
}

function isNamed({ file }: Place): boolean {
  return file !== undefined && NAME.test(file)
}

function wrong(place: Place, fault: Fault): WordloomError {
  return new WordloomError('bad-data', { ...fault, place })
}
