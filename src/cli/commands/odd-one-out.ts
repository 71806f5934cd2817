import type { Command } from 'commander'
import { addUnknownFlag, tellUnknown, type UnknownFlag } from '../answer-flags.js'
import { neighborTable } from '../neighbor-table.js'
import { openVectors } from '../open-vectors.js'
import { print, printJson } from '../terminal.js'
import { verb } from '../verb.js'

interface OddOneOutFlags extends UnknownFlag {
  readonly json?: true
}

export function oddOneOutCommand(): Command {
  const command = verb({
    name: 'odd-one-out',
    summary: 'the word that does not go with the others',
    description: 'Names the word farthest from the mean of them all, and lists them by their cosine to it.',
    examples: [['wordloom odd-one-out vectors.safetensors breakfast cereal dinner lunch', 'cereal']],
  })
    .argument('<vectors>', 'a file of word vectors, in any format that convert knows')
    .argument('<word...>', 'three words or more')
  return addUnknownFlag(command).option('--json', 'print JSON').action(oddOneOut)
}

async function oddOneOut(path: string, words: readonly string[], flags: OddOneOutFlags): Promise<void> {
  const vectors = await openVectors(path)
  tellUnknown(vectors, words, flags)
  const odd = vectors.oddOneOut(words, flags)
  const centrality = vectors.centrality(words, flags)
  if (flags.json) printJson({ oddOneOut: odd, centrality })
  else print(neighborTable(`${odd} does not go with the others`, centrality))
}
