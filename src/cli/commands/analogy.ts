import { analogyOptionTable } from '../../vectors/index.js'
import { openVectors } from '../files/open-vectors.js'
import { answerFlags, tellUnknown } from '../flags/answers.js'
import { vectorsInput } from '../flags/inputs.js'
import { neighborTable } from '../tables/neighbor-table.js'
import { chosen } from '../verb/flags.js'
import { verb } from '../verb/verb.js'

export const analogy = verb({
  name: 'analogy',
  summary: 'complete an analogy: A is to B as C is to …',
  description: 'Completes “A is to B as C is to …”: the words nearest to B − A + C.',
  examples: [
    ['wordloom analogy vectors.safetensors man king woman', 'queen, we hope'],
    ['wordloom analogy vectors.safetensors paris france rome', 'italy'],
    ['wordloom analogy vectors.bin man king woman --method multiply', '3CosMul'],
  ],
  inputs: {
    vectors: vectorsInput,
    a: { help: 'A, such as man' },
    b: { help: 'B, such as king' },
    c: { help: 'C, such as woman' },
  },
  flags: { ...analogyOptionTable, ...answerFlags },
  async run({ vectors: path, a, b, c }, flags) {
    const vectors = await openVectors(path)
    const { method = analogyOptionTable.method.default } = flags
    tellUnknown(vectors, [a, b, c], flags)
    const answers = vectors.analogy(a, b, c, { method, ...chosen(answerFlags, flags) })
    return {
      json: { a, b, c, method, answers },
      text: () => neighborTable(`${a} is to ${b} as ${c} is to …`, answers),
    }
  },
})
