const animals = ['cat', 'dog', 'horse', 'cow', 'sheep', 'goat', 'lion', 'wolf']
const colours = ['red', 'green', 'blue', 'white', 'black', 'yellow', 'brown', 'grey']
const verbs = ['eats', 'runs', 'sleeps', 'drinks', 'barks', 'jumps']
const things = ['wall', 'door', 'paint', 'cloth', 'flag', 'glass']

/** Sentences about animals and sentences about colours: each kind of word has its own company. */
export function plantedText(sentences: number): string {
  let state = 7
  const pick = (words: readonly string[]) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return words[(state >>> 16) % words.length]!
  }
  const lines = Array.from({ length: sentences }, (_, i) =>
    i % 2 === 0
      ? `the ${pick(animals)} ${pick(verbs)} and the ${pick(animals)} ${pick(verbs)}`
      : `a ${pick(colours)} ${pick(things)} with ${pick(colours)} ${pick(things)}`,
  )
  return `${lines.join('\n')}\n`
}

export const planted = { animals, colours, verbs, things }
