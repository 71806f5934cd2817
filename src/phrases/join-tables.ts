import { Connectors, NOTHING_BETWEEN } from './connectors.js'
import type { IdSink } from './id-sink.js'
import type { PhraseWords } from './joined-words.js'
import { PairTable } from './pair-table.js'
import type { PhrasePass } from './phrase.js'
import { BEGINS, CONNECTS, type JoinTable, PhraseJoiner } from './phrase-joiner.js'

/** The phrases of a pass as numbers of these words, to which it adds the phrases; those that cannot occur are left out. */
export function joinTable(
  pass: PhrasePass,
  words: PhraseWords,
  connectorWords: readonly string[],
  separator: string,
): JoinTable {
  const connectors = connectorsIn(words, connectorWords)
  const phrases = new PairTable(pass.phrases.length)
  const begin: number[] = []
  for (const { words: parts } of pass.phrases) {
    const ids = parts.map(part => words.find(part))
    const via = ids.includes(-1) ? -1 : runOf(connectors, ids.slice(1, -1))
    if (via < 0) continue
    phrases.set(ids[0]!, via, ids.at(-1)!, words.add(parts.join(separator)))
    begin.push(ids[0]!)
  }
  const kinds = new Uint8Array(words.size)
  for (const id of begin) kinds[id] = BEGINS
  for (const word of connectorWords) if (words.find(word) >= 0) kinds[words.find(word)] = CONNECTS
  return { phrases, connectors, kinds }
}

/** Pass after pass, each over what the one before has joined. */
export function joinedInto(tables: readonly JoinTable[], sink: IdSink): IdSink {
  return tables.reduceRight((next, table) => new PhraseJoiner(table, next), sink)
}

export function connectorsIn(words: PhraseWords, connectors: readonly string[]): Connectors {
  return new Connectors(connectors.map(word => words.find(word)).filter(id => id >= 0))
}

function runOf(connectors: Connectors, ids: readonly number[]): number {
  let run = NOTHING_BETWEEN
  for (const id of ids) {
    if (run < 0 || !connectors.has(id)) return -1
    run = connectors.longer(run, id)
  }
  return run
}
