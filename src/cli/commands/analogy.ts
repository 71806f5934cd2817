import { WordloomError } from '../../errors.js'
import { analogyOptionTable, type WordVectors } from '../../vectors/index.js'
import { openAsked } from '../files/open-vectors.js'
import { answerFlags, answerNamesake, tellUnknown } from '../flags/answers.js'
import { vectorsInput } from '../flags/inputs.js'
import { neighborTable } from '../tables/neighbor-table.js'
import { canConverse, converse, withoutQuestion } from '../terminal/conversation.js'
import { chosen, type FlagsOf, filled } from '../verb/flags.js'
import { type Answer, verb } from '../verb/verb.js'

const flags = { ...analogyOptionTable, ...answerFlags } as const

type AnalogyFlags = FlagsOf<typeof flags>

export const analogy = verb({
  name: 'analogy',
  summary: 'complete an analogy: A is to B as C is to …',
  description:
    'Completes “A is to B as C is to …”: the words nearest to B − A + C. In a terminal, without words, it asks for ' +
    'them line by line.',
  examples: [
    ['wordloom analogy vectors.safetensors man king woman', 'queen, we hope'],
    ['wordloom analogy vectors.safetensors paris france rome', 'italy'],
    ['wordloom analogy vectors.bin man king woman --method multiply', '3CosMul'],
  ],
  namesake: answerNamesake,
  inputs: {
    vectors: vectorsInput,
    a: { optional: true, help: 'A, such as man' },
    b: { optional: true, help: 'B, such as king' },
    c: { optional: true, help: 'C, such as woman' },
  },
  flags,
  plan({ a, c }, { json }) {
    const asks = a === undefined
    if (c !== undefined || (asks && !json && canConverse())) return { asks, reads: [] }
    throw withoutQuestion(
      'analogy needs <a>, <b> and <c>',
      'wordloom analogy vectors.safetensors man king woman',
    )
  },
  async run({ vectors: path, a, b, c }, flags, { plan: { asks } }) {
    const vectors = await openAsked(path, asks ? [] : [a!, b!, c!], flags.limit)
    if (!asks) return answerOf(vectors, [a!, b!, c!], flags)
    await converse('a b c> ', async line => answerOf(vectors, threeIn(line), flags).text())
    return undefined
  },
})

type Three = readonly [string, string, string]

function answerOf(vectors: WordVectors, [a, b, c]: Three, flags: AnalogyFlags): Answer {
  const { method } = filled(analogyOptionTable, flags)
  tellUnknown(vectors, [a, b, c], flags)
  const answers = vectors.analogy(a, b, c, { method, ...chosen(answerFlags, flags) })
  return {
    json: { a, b, c, method, answers },
    text: () => neighborTable(`${a} is to ${b} as ${c} is to …`, answers),
  }
}

function threeIn(line: string): Three {
  const words = line.split(/\s+/)
  if (words.length === 3) return words as unknown as Three
  throw new WordloomError('usage', {
    found: `there are ${words.length} words`,
    expected: 'three, such as man king woman',
  })
}
