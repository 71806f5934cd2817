// Learns word vectors from a file, shows the loss, and saves the vectors.
//   node examples/train.js corpus.txt vectors.safetensors
import { train } from 'wordloom'

const [corpus, output] = process.argv.slice(2)
const model = await train(corpus, {
  dimensions: 50,
  epochs: 5,
  minCount: 2,
  onProgress(progress) {
    if (progress.phase === 'training' && progress.fraction === 1)
      console.log(`mean loss ${progress.loss.toFixed(3)} nats a pair`)
  },
})
await model.save(output)
console.log(`${model.vocabulary.size} words, the most frequent is "${model.vocabulary.word(0)}"`)
