// Words need not be words: items that people look at together come out near each other.
//   node examples/sessions.js
import { train } from 'wordloom'

const kitchen = ['kettle', 'teapot', 'mug', 'spoon']
const garden = ['spade', 'rake', 'seeds', 'gloves']
function* sessions() {
  for (let i = 0; i < 4000; i++) {
    const shelf = i % 2 === 0 ? kitchen : garden
    yield [0, 1, 2].map(step => shelf[(i * 7 + step * (1 + (i % 3))) % shelf.length])
  }
}

const { vectors } = await train(sessions(), { dimensions: 8, epochs: 10, subsampling: 0, learningRate: 0.1 })
for (const item of ['teapot', 'rake'])
  console.log(`${item}: ${vectors.nearest(item, 3).map(neighbor => neighbor.word).join(', ')}`)
