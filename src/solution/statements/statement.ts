import type { Example } from './example.js'

/**
 * What there is to say of a statement: it is right; it is right only under a condition that it does not name; or it
 * has a slip, and its letter gives other numbers.
 */
export type Verdict = 'right' | 'condition' | 'slip'

/** What a slip gets wrong. */
export type SlipKind = 'transpose' | 'sign' | 'index' | 'label' | 'multiplicity' | 'count'

/** The value of a statement on an example: a matrix as its rows. A number is 1×1, a column d×1, a vector lying down 1×d. */
export type Value = readonly Float64Array[]

/** One statement of the worked solution that this project began from, with its verdict and the means to check it. */
export interface Statement {
  /** Its number in that solution: question and line, such as "2.7" or "3.2–3.7". */
  readonly id: string
  /** The question of the assignment, 1 to 6. */
  readonly question: 1 | 2 | 3 | 4 | 5 | 6
  /** What it says, in words. */
  readonly says: string
  /** The same as it was written, in TeX; if it has a slip, with the slip. */
  readonly written: string
  readonly verdict: Verdict
  /** Of which kind the slip is, or the condition that is not named; empty if the statement is right. */
  readonly slips: readonly SlipKind[]
  /** The right form in TeX, words in rows; equal to `written` if the statement is right. */
  readonly right: string
  /** The right form with words in columns, if it looks different there. */
  readonly rightInColumns?: string
  /** Why: what is wrong or which condition is missing, and what following the letter would compute. */
  readonly why: string
  /** The equations of docs/equations.md that it belongs to. */
  readonly equations: readonly number[]
  /** The functions of `wordloom/equations` that compute the right form. */
  readonly functions: readonly string[]
  /** How `measure` knows: from the loss by central differences, or by an identity that must hold to the last digits. */
  readonly measuredBy: 'central differences' | 'identity'
  /** The right form, computed. */
  compute(example: Example): Value
  /** The statement followed to the letter, computed. A sum of a column and a row is spread out as NumPy does, d×d. */
  computeAsWritten(example: Example): Value
  /** The truth from elsewhere, which `compute` must agree with: from the loss alone, or by counting. */
  measure(example: Example): Value
  /** Whether the letter gives the right numbers on this example all the same: the condition holds, or nothing shows. */
  isHarmless(example: Example): boolean
}

/** What a statement without a slip has: its formula is the right form, whatever the numbers. */
export function rightAsWritten(formula: string) {
  const verdict: Verdict = 'right'
  const slips: readonly SlipKind[] = []
  return { verdict, slips, written: formula, right: formula, isHarmless: () => true }
}
