import { option, say, WordloomError } from '../../errors.js'
import { formatOfExtension } from '../../formats/index.js'
import { text } from '../../options/index.js'
import {
  type Filter,
  openDocuments,
  openOptionTable,
  type Retrieval,
  type Retrieved,
  retrievalOptionTable,
} from '../../retrieval/index.js'
import { readVocabulary } from '../../text/index.js'
import { openVectors } from '../files/open-vectors.js'
import { filterOf } from '../flags/filter.js'
import { vectorsInput } from '../flags/inputs.js'
import { documentTable } from '../tables/document-table.js'
import { canConverse, converse, withoutQuestion } from '../terminal/conversation.js'
import { warn } from '../terminal/terminal.js'
import { type Chosen, chosen, type FlagsOf } from '../verb/flags.js'
import { type Answer, verb } from '../verb/verb.js'

const flags = {
  ...retrievalOptionTable,
  filter: {
    kind: 'texts',
    each: 'own flag',
    placeholder: '<field=value>',
    help: 'a value that documents must have; field=a,b takes either; repeatable for several fields',
  },
  related: text(undefined, 'id of a document, to list those most like it'),
  ...openOptionTable,
  vocabulary: { kind: 'file', use: 'read', help: 'words and counts, if the vectors came without' },
} as const

type SearchFlags = FlagsOf<typeof flags>

/** A share of the documents that may lack vectors without being told at every question: they are found by their words. */
const FEW = 0.1

export const search = verb({
  name: 'search',
  summary: 'find the documents that answer a question',
  description:
    'Reads documents, one a line, and lists those that answer a question best: by the words in common (BM25), by ' +
    'the nearest vectors, or by both. A line is JSON with "text", perhaps an "id", and anything that --filter can ask ' +
    'for; or it is the text itself, whose id is the number of the line. In a terminal, without a question, it asks ' +
    'for one line by line.',
  examples: [
    ['wordloom search vectors.safetensors faq.jsonl "how do I pay?"', 'the ten best'],
    ['wordloom search vectors.safetensors faq.jsonl', 'question after question, in a terminal'],
    ['wordloom search vectors.bin lines.txt.gz refund --mode vector --count 3', 'by vectors alone'],
    ['wordloom search vectors.bin faq.jsonl pay --filter year=2019,2020', 'some of them'],
    ['wordloom search vectors.bin faq.jsonl --related 17', 'documents like one'],
  ],
  inputs: {
    vectors: vectorsInput,
    texts: { file: 'read', help: 'documents, one a line, as JSON or text (.gz and .zst too)' },
    query: { many: true, optional: true, help: 'the question; words without quotes are one question' },
  },
  flags,
  plan({ query }, flags) {
    const { related, json } = flags
    refuseIdle(flags)
    filterOf(flags.filter)
    if (related !== undefined && query.length > 0)
      throw new WordloomError('usage', {
        found: say`there are a question and ${option('related')}`,
        cure: 'leave one of them out',
      })
    const asks = query.length === 0 && related === undefined
    if (asks && (json || !canConverse()))
      throw withoutQuestion(
        'search needs <query>',
        'wordloom search vectors.safetensors faq.jsonl "how do I pay?"',
      )
    return { asks, reads: [] }
  },
  async run({ vectors: path, texts, query }, flags, { plan: { asks } }) {
    const retrieval = await opened(path, texts, flags, asks)
    const { related } = flags
    const settings = { ...chosen(retrievalOptionTable, flags), filter: filterOf(flags.filter) }
    if (related !== undefined)
      return answerOf({ related }, `like ${related}`, retrieval.related(related, settings))
    if (!asks) return answered(retrieval, query.join(' '), settings)
    await converse('search> ', async line => answered(retrieval, line, settings).text())
    return undefined
  },
})

async function opened(path: string, texts: string, flags: SearchFlags, asks: boolean): Promise<Retrieval> {
  const vectors = await openVectors(path).catch(error => {
    throw isSwapped(error, texts) ? swapped(path, texts, error) : error
  })
  const counts = flags.vocabulary === undefined ? undefined : await readVocabulary(flags.vocabulary)
  const retrieval = await openDocuments(texts, vectors, {
    ...chosen(openOptionTable, flags),
    ...(counts && { counts }),
  })
  const mayMiss = retrieval.withoutVector > FEW * retrieval.size
  if (asks || flags.mode === 'vector' || mayMiss) for (const warning of retrieval.warnings) warn(warning)
  return retrieval
}

/** Whether the file of vectors has none, and that of documents is named as vectors are. */
function isSwapped(error: unknown, texts: string): error is WordloomError {
  const format = formatOfExtension(texts)
  return error instanceof WordloomError && error.code === 'bad-data' && format !== undefined && !isText(texts)
}

/** Documents may lie in files with these endings, too. */
function isText(path: string): boolean {
  return /\.(txt|jsonl|ndjson|json)(\.gz|\.zst)?$/i.test(path)
}

function swapped(path: string, texts: string, cause: WordloomError): WordloomError {
  const fault = {
    place: { file: path },
    found: `it has no vectors, and ${texts} is named as a file of vectors`,
    cure: `give the vectors first: wordloom search ${texts} ${path}`,
  }
  return new WordloomError('bad-data', fault, { cause })
}

function answered(
  retrieval: Retrieval,
  query: string,
  settings: Chosen<typeof retrievalOptionTable> & { readonly filter: Filter | undefined },
): Answer {
  return answerOf({ query }, query, retrieval.search({ query, ...settings }))
}

function answerOf(asked: object, title: string, { found, warnings }: Retrieved): Answer {
  for (const warning of warnings) warn(warning)
  return { json: { ...asked, found }, text: () => documentTable(title, found) }
}

/** Both are of hybrid, and the share is of scores. */
function refuseIdle({ mode, fusion, share }: SearchFlags): void {
  const refuse = (idle: string, name: string, value: string) => {
    throw new WordloomError('usage', {
      found: say`${option(idle)} has no effect beside ${option(name, value)}`,
      cure: say`leave ${option(idle)} out`,
    })
  }
  const isHybrid = (mode ?? retrievalOptionTable.mode.default) === 'hybrid'
  for (const [name, value] of Object.entries({ fusion, share }))
    if (value !== undefined && !isHybrid) refuse(name, 'mode', mode ?? retrievalOptionTable.mode.default)
  if (share !== undefined && fusion === 'ranks') refuse('share', 'fusion', fusion)
}
