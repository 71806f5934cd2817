import type { Vocabulary } from '../text/index.js'
import { parsedFact } from './parsed-fact.js'

/** Architectures, as files name them, in which documents alone predict words, so that the rows of words never move. */
const LEAVING_WORDS: readonly unknown[] = ['pv-dbow']

/**
 * What there is to say of rows that were never trained, by the facts that came with them; none otherwise. Documents of the
 * same model have the same facts, but no counts.
 */
export function untrainedWarnings({ tokens }: Vocabulary, facts: Readonly<Record<string, string>>): string[] {
  const { architecture } = facts
  if (!LEAVING_WORDS.includes(architecture) || tokens === 0) return []
  const rows = untrainedRows(facts)
  if (rows === undefined) return []
  return [
    `the vectors of ${rows} are still random, since ${architecture} trains only those of documents: use the .documents file, or train with another architecture`,
  ]
}

/** Rows that were given may be anything, unless they are of runs that began from chance and left words, too. */
function untrainedRows({ start, history }: Readonly<Record<string, string>>): string | undefined {
  if (start === undefined || wereAllLeft(parsedFact(history))) return 'words'
  const { fresh } = Object(parsedFact(start)) as { readonly fresh?: unknown }
  if (typeof fresh !== 'number' || !(fresh > 0)) return undefined
  return fresh === 1 ? 'the word that was new' : `the ${fresh.toLocaleString('en')} words that were new`
}

/** By the runs before, first one first. */
function wereAllLeft(history: unknown): boolean {
  if (!Array.isArray(history) || history.length === 0) return false
  const runs = history.map(
    run => Object(run) as { readonly architecture?: unknown; readonly start?: unknown },
  )
  return runs[0]!.start === undefined && runs.every(run => LEAVING_WORDS.includes(run.architecture))
}
