// Asks trained vectors for the words nearest to some words, and for the one that does not belong.
//   node examples/neighbours.js vectors.safetensors left true promise
import { load } from 'wordloom'

const [file, ...words] = process.argv.slice(2)
const vectors = await load(file)
for (const word of words) {
  const nearest = vectors.nearest(word, 5).map(({ word, similarity }) => `${word} ${similarity.toFixed(2)}`)
  console.log(`${word}: ${nearest.join(', ')}`)
}
if (words.length > 2) console.log(`the odd one out is ${vectors.oddOneOut(words)}`)
