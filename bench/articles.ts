import { WordloomError } from 'wordloom'
import { readText } from './corpus.js'

const FEWEST_PARAGRAPHS = 4
const SHORTEST_PARAGRAPH = 40

/** Both halves of some articles: odd paragraphs, even paragraphs. */
export interface Halves {
  readonly first: readonly string[]
  readonly second: readonly string[]
}

export async function halvesOf(path: string, most: number): Promise<Halves> {
  const articles = await articlesOf(path, most)
  const half = (remainder: number) =>
    articles.map(paragraphs => paragraphs.filter((_, i) => i % 2 === remainder).join(' '))
  return { first: half(0), second: half(1) }
}

/** The paragraphs of the first articles that have enough of them. */
export async function articlesOf(path: string, most: number): Promise<string[][]> {
  const articles = (await wholeText(path))
    .split(/\n(?== .* =\n)/)
    .map(article =>
      article
        .split('\n')
        .slice(1)
        .filter(paragraph => paragraph.length > SHORTEST_PARAGRAPH),
    )
    .filter(paragraphs => paragraphs.length >= FEWEST_PARAGRAPHS)
    .slice(0, most)
  if (articles.length < 10)
    throw new WordloomError('bad-data', {
      found: `${path}: only ${articles.length} articles of ${FEWEST_PARAGRAPHS} paragraphs`,
    })
  return articles
}

export async function wholeText(path: string): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const bytes of readText(path)) text += decoder.decode(bytes, { stream: true })
  return text
}
