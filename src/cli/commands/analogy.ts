import { type Command, Option } from 'commander'
import { type AnalogyMethod, analogyMethods } from '../../vectors/index.js'
import { type AnswerFlags, addAnswerFlags, answerOptions, tellUnknown } from '../answer-flags.js'
import { neighborTable } from '../neighbor-table.js'
import { openVectors } from '../open-vectors.js'
import { print, printJson } from '../terminal.js'
import { oneOf } from '../values.js'
import { verb } from '../verb.js'

interface AnalogyFlags extends AnswerFlags {
  readonly method: AnalogyMethod
}

export function analogyCommand(): Command {
  const command = verb({
    name: 'analogy',
    summary: 'A is to B as C is to …',
    description: 'Completes “A is to B as C is to …”: the words nearest to B − A + C.',
    examples: [
      ['wordloom analogy vectors.safetensors man king woman', 'queen, we hope'],
      ['wordloom analogy vectors.safetensors paris france rome', 'italy'],
      ['wordloom analogy vectors.bin man king woman --method multiply', '3CosMul'],
    ],
  })
    .argument('<vectors>', 'a file of word vectors, in any format that convert knows')
    .argument('<a>', 'A, such as man')
    .argument('<b>', 'B, such as king')
    .argument('<c>', 'C, such as woman')
    .addOption(
      new Option('--method <name>', 'add (3CosAdd) or multiply (3CosMul) the cosines (default add)')
        .argParser(oneOf(analogyMethods))
        .default('add'),
    )
  return addAnswerFlags(command).action(analogy)
}

async function analogy(path: string, a: string, b: string, c: string, flags: AnalogyFlags): Promise<void> {
  const vectors = await openVectors(path)
  const { method } = flags
  tellUnknown(vectors, [a, b, c], flags)
  const answers = vectors.analogy(a, b, c, { method, ...answerOptions(flags) })
  if (flags.json) printJson({ a, b, c, method, answers })
  else print(neighborTable(`${a} is to ${b} as ${c} is to …`, answers))
}
