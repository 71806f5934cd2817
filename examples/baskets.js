// Which item is looked at next? Vectors of items from sessions, compared with popularity and with counts of pairs.
//   node examples/baskets.js BMS1.dat        (a session a line, items with spaces between them)
import { readFile } from 'node:fs/promises'
import { train } from 'wordloom'

const ANSWERS = 10
const sessions = (await readFile(process.argv[2], 'utf8'))
  .split('\n')
  .map(line => line.split(' ').filter(item => item !== ''))
  .filter(items => new Set(items).size > 1)
const cut = Math.floor(sessions.length * 0.8)
const [known, later] = [sessions.slice(0, cut), sessions.slice(cut)]

const { vectors } = await train(known, {
  reach: 'sentence', // every pair of a session, however long it is
  dimensions: 50,
  epochs: 30,
  minCount: 2,
  subsampling: 0,
})
const together = new Map() // item → other item → in how many sessions
for (const items of known)
  for (const item of new Set(items)) {
    const others = together.get(item) ?? together.set(item, new Map()).get(item)
    for (const other of new Set(items)) others.set(other, (others.get(other) ?? 0) + 1)
  }
const noise = vectors.vocabulary.counts.map(count => count ** 0.75)
const popular = [...vectors.vocabulary.words()] // most frequent first

// The last new item of each later session is to be guessed from those before it.
const questions = later.map(items => {
  const last = items.findLastIndex((item, i) => items.indexOf(item) === i)
  return { seen: items.slice(0, last), next: items[last] }
})
const best = (seen, score) => {
  const scored = popular.map((item, id) => ({ item, score: score(item, id) }))
  const unseen = scored.filter(({ item }) => !seen.includes(item))
  return unseen.toSorted((a, b) => b.score - a.score).map(({ item }) => item)
}
const guesses = {
  popularity: seen => best(seen, (_, id) => vectors.vocabulary.counts[id]),
  'seen together': seen =>
    best(seen, item => seen.reduce((sum, before) => sum + (together.get(before)?.get(item) ?? 0), 0)),
  'nearest vectors': seen =>
    vectors.nearest({ positive: seen }, { count: ANSWERS, unknown: 'skip' }).map(found => found.word),
  // What training estimates: input · output is ln(P(next | seen) / (K · P(noise))) for each item that was seen.
  'predicted by the model': seen => {
    const inputs = seen.flatMap(item => vectors.vector(item) ?? [])
    const { data, stride } = vectors.outputVectors
    const dot = (input, id) => input.reduce((sum, x, i) => sum + x * data[id * stride + i], 0)
    return best(seen, (_, id) => inputs.reduce((sum, input) => sum + Math.exp(dot(input, id)), 0) * noise[id])
  },
}
console.log(`${known.length} sessions to learn from, ${questions.length} questions, ${vectors.size} items`)
for (const [name, guess] of Object.entries(guesses)) {
  const hits = questions.filter(({ seen, next }) => guess(seen).slice(0, ANSWERS).includes(next)).length
  console.log(`${name}: ${((100 * hits) / questions.length).toFixed(1)} % among the first ${ANSWERS}`)
}
