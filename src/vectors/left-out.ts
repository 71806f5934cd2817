import { parsedFact } from './parsed-fact.js'

/** How often a word was in the text that was not learned, and how often words had to be. */
export interface LeftOut {
  readonly times: number
  readonly minCount: number
}

/** What the facts of training tell of a word that it left out; undefined if they tell nothing. Facts may be anything. */
export function timesLeftOut(
  { leftOut, leftOutWords }: Readonly<Record<string, string>>,
  word: string,
): LeftOut | undefined {
  if (word === '' || /\s/.test(word)) return undefined
  const listed = Object.entries(Object(parsedFact(leftOutWords))).find(
    ([, words]) => typeof words === 'string' && words.split(' ').includes(word),
  )
  const [times, minCount] = [Number(listed?.[0]), Number(Object(parsedFact(leftOut)).minCount)]
  return times > 0 && minCount > 0 ? { times, minCount } : undefined
}
