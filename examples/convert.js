// Opens vectors of any known format and writes them in another, say for gensim.
//   node examples/convert.js vectors.safetensors vectors.bin
import { load, save } from 'wordloom'

const [input, output] = process.argv.slice(2)
const vectors = await load(input, { limit: 200_000 })
await save(vectors, output)
console.log(`${output}: ${vectors.size} words of ${vectors.dimensions} numbers`)
