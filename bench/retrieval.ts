import { parseArgs } from 'node:util'
import { load, train, WordloomError, type WordVectors } from 'wordloom'
import { openDocuments, type Retrieval, type Search } from 'wordloom/retrieval'
import { articlesOf, wholeText } from './articles.js'
import { describeMachine, heading, note, writeJson } from './machine.js'
import { fixed, table } from './table.js'
import { numberFlag } from './variants.js'

export const retrievalUsage = `retrieval  how often a document is found by vectors, by words, and by both
  --corpus FILE                      articles: a line "= Title =", then a paragraph a line
  --questions FILE                   paragraphs, and below each its questions, which end in ?
  --vectors FILE                     trained on the documents if not given
  --articles 4000  --from 0  --asked 1000  --paragraphs 100000`

/** What is asked, and the document that answers. */
interface Question {
  readonly query: string
  readonly id: string
}

interface Document {
  readonly id: string
  readonly text: string
}

const ways: readonly (Omit<Search, 'query'> & { readonly name: string })[] = [
  { name: 'vector', mode: 'vector' },
  { name: 'text', mode: 'text' },
  { name: 'hybrid by ranks', mode: 'hybrid', fusion: 'ranks' },
  { name: 'hybrid by scores', mode: 'hybrid' },
]

const LISTED = 10

export async function retrieval(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      corpus: { type: 'string' },
      questions: { type: 'string' },
      vectors: { type: 'string' },
      articles: { type: 'string' },
      from: { type: 'string' },
      asked: { type: 'string' },
      paragraphs: { type: 'string' },
      json: { type: 'string' },
    },
  })
  if (values.corpus === undefined)
    throw new WordloomError('usage', {
      found: '--corpus is missing; name a file of articles: a line "= Title =", then paragraphs',
    })
  const machine = describeMachine()
  const [from, count] = [numberFlag('from', values.from, 0), numberFlag('articles', values.articles, 4000)]
  const articles = (await articlesOf(values.corpus, from + count)).slice(from)
  const asked = numberFlag('asked', values.asked, 1000)
  const published = values.questions === undefined ? undefined : await publishedSet(values.questions)
  const documents = [...halves(articles), ...(published?.documents ?? [])]
  const sets = { ...setsOf(articles, asked), ...(published && { 'a question': published.questions }) }
  const vectors = values.vectors === undefined ? await learned(documents) : await load(values.vectors)
  const opened = await openDocuments(documents, vectors)
  process.stdout.write(
    heading('Documents found by vectors, by words, and by both', [`${documents.length} documents`], machine),
  )
  const measured = Object.entries(sets).flatMap(([set, questions]) => {
    const found = ways.map(({ name, ...way }) => ({ name, ranks: ranksOf(opened, questions, way) }))
    const byText = found.find(({ name }) => name === 'text')!.ranks
    note(`${set}: ${questions.length} asked`)
    return found.map(({ name, ranks }) => ({ set, way: name, ...compared(ranks, byText) }))
  })
  process.stdout.write(`\n${table(columns, measured.map(rowOf))}`)
  const speed = await speedOf(values.corpus, vectors, numberFlag('paragraphs', values.paragraphs, 100_000))
  process.stdout.write(`\n${table(speedColumns, speed.map(speedRowOf))}`)
  writeJson(values.json, machine, { measured, speed })
}

function halves(articles: readonly (readonly string[])[]): Document[] {
  return articles.map((paragraphs, i) => ({
    id: `article ${i}`,
    text: paragraphs.filter((_, p) => p % 2 === 0).join(' '),
  }))
}

/** The other half, its first paragraph, and the first sentence of that. */
function setsOf(articles: readonly (readonly string[])[], asked: number): Record<string, Question[]> {
  const count = Math.min(asked, articles.length)
  const chosen = Array.from({ length: count }, (_, i) => Math.floor((i * articles.length) / count))
  const questions = (queryOf: (paragraphs: readonly string[]) => string) =>
    chosen.map(i => ({ query: queryOf(articles[i]!), id: `article ${i}` }))
  return {
    'the other half': questions(paragraphs => paragraphs.filter((_, p) => p % 2 === 1).join(' ')),
    'a paragraph': questions(paragraphs => paragraphs[1]!),
    'a sentence': questions(paragraphs => paragraphs[1]!.split(/(?<=[.!?])\s/)[0]!),
  }
}

/** Long lines are paragraphs. */
async function publishedSet(path: string): Promise<{ documents: Document[]; questions: Question[] }> {
  const documents: Document[] = []
  const questions: Question[] = []
  for (const line of (await wholeText(path)).split('\n').filter(line => line !== '')) {
    const isQuestion = line.length <= 250 && (line.trim().endsWith('?') || line.length <= 180)
    if (isQuestion) questions.push({ query: line, id: documents.at(-1)!.id })
    else documents.push({ id: `paragraph ${documents.length}`, text: line })
  }
  return { documents, questions }
}

async function learned(documents: readonly Document[]): Promise<WordVectors> {
  const lines = documents.map(({ text }) => text)
  const common = { threads: 1, simd: 'fastest', subsampling: 1e-4, minCount: 3, dimensions: 100 } as const
  return (await train({ lines }, { ...common, epochs: 10 })).vectors
}

interface Scores {
  readonly first: number
  readonly inTen: number
  /** Mean of 1 / rank, 0 past the tenth. */
  readonly reciprocal: number
  /** How much that is above the one by words alone, and its standard error. */
  readonly gain: number
  readonly error: number
}

function ranksOf(
  opened: Retrieval,
  questions: readonly Question[],
  way: Omit<Search, 'query'>,
): readonly number[] {
  return questions.map(({ query, id }) => {
    const { found } = opened.search({ query, ...way, count: LISTED })
    return found.findIndex(found => found.id === id)
  })
}

function compared(ranks: readonly number[], byText: readonly number[]): Scores {
  const reciprocal = (rank: number) => (rank < 0 ? 0 : 1 / (rank + 1))
  const gains = ranks.map((rank, i) => reciprocal(rank) - reciprocal(byText[i]!))
  const gain = meanOf(gains)
  return {
    first: meanOf(ranks.map(rank => Number(rank === 0))),
    inTen: meanOf(ranks.map(rank => Number(rank >= 0))),
    reciprocal: meanOf(ranks.map(reciprocal)),
    gain,
    error: Math.sqrt(meanOf(gains.map(one => (one - gain) ** 2)) / gains.length),
  }
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}

const columns = ['asked by', 'found by', 'first %', 'in ten %', 'MRR', 'above text']

function rowOf({ set, way, ...scores }: Scores & { set: string; way: string }): string[] {
  const { first, inTen, reciprocal, gain, error } = scores
  const above = way === 'text' ? '–' : `${gain < 0 ? '' : '+'}${fixed(gain, 4)} ± ${fixed(error, 4)}`
  return [set, way, fixed(100 * first, 1), fixed(100 * inTen, 1), fixed(reciprocal, 3), above]
}

interface Speed {
  readonly way: string
  readonly median: number
  readonly slowest: number
}

/** Processor time of a search, in milliseconds, among the first paragraphs of the corpus; sentences are asked. */
async function speedOf(corpus: string, vectors: WordVectors, count: number): Promise<Speed[]> {
  const paragraphs = (await wholeText(corpus))
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('= '))
  const documents = paragraphs.slice(0, count).map(text => ({ text }))
  const opened = await openDocuments(documents, vectors)
  note(`${opened.size} paragraphs opened`)
  const questions = documents
    .filter((_, i) => i % 499 === 0)
    .map(({ text }) => text.split(/(?<=[.!?])\s/)[0]!)
  return ways.map(({ name, ...way }) => {
    const times = questions
      .map(query => {
        const before = process.cpuUsage()
        opened.search({ query, ...way })
        const { user, system } = process.cpuUsage(before)
        return (user + system) / 1000
      })
      .sort((a, b) => a - b)
    const at = (part: number) => times[Math.floor(part * (times.length - 1))]!
    return { way: `${name}, ${opened.size} documents`, median: at(0.5), slowest: at(0.99) }
  })
}

const speedColumns = ['found by', 'p50 ms', 'p99 ms']

function speedRowOf({ way, median, slowest }: Speed): string[] {
  return [way, fixed(median, 2), fixed(slowest, 2)]
}
