import { SENTENCE_END } from './chunked-ids.js'

export const FIRST_MARK = -2

/** Stands before numbers that are to be renumbered by the table of this index. */
export function tableMark(table: number): number {
  return FIRST_MARK - table
}

/** How far a text is renumbered. */
export interface Renumbering {
  readonly tables: readonly Int32Array[]
  /** The table of the last mark. */
  ids: Int32Array
  /** There are words since the last sentence end. */
  open: boolean
  /** Sentences that were left. */
  sentences: number
}

/** Renumbers in place; gives how many are left. */
export function renumberPart(numbers: Int32Array, state: Renumbering): number {
  let { ids, open } = state
  let kept = 0
  for (let i = 0; i < numbers.length; i++) {
    const word = numbers[i]!
    if (word >= 0) {
      const id = ids[word]!
      if (id < 0) continue
      numbers[kept++] = id
      open = true
    } else if (word === SENTENCE_END) {
      if (!open) continue
      numbers[kept++] = SENTENCE_END
      state.sentences++
      open = false
    } else ids = state.tables[FIRST_MARK - word]!
  }
  state.ids = ids
  state.open = open
  return kept
}
