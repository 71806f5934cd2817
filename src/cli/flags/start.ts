import { option, say, WordloomError } from '../../errors.js'
import type { StartCall, StartFacts } from '../../training/index.js'
import type { WordVectors } from '../../vectors/index.js'
import { openVectors } from '../files/open-vectors.js'
import { readWords } from '../files/word-list.js'
import { grouped } from '../terminal/figures.js'
import { type FlagsOf, under } from '../verb/flags.js'

/** The word that freezes every word that is given a vector; a file of that name is ./given. */
const ALL = 'given'

/** From what training starts. */
export const startFlags = under('To start from vectors:', {
  from: {
    kind: 'file',
    use: 'read',
    replaceable: true,
    help: 'vectors from which the words in this file start',
  },
  continue: {
    kind: 'file',
    use: 'read',
    replaceable: true,
    help: 'a model to go on with: its words and counts stay, new words join them',
  },
  freeze: {
    kind: 'file',
    use: 'read',
    help: `words whose vectors do not move, one a line; or "${ALL}" for all that are given`,
  },
} as const)

export type StartFlags = FlagsOf<typeof startFlags>

/** Opens what training is to start from. Throws `usage`, before a file is read, if the flags are at odds. */
export async function startFrom({ from, continue: continued, freeze }: StartFlags): Promise<StartCall> {
  if (from !== undefined && continued !== undefined)
    throw new WordloomError('usage', {
      found: say`${option('from')} and ${option('continue')} are two ways to start`,
      cure: 'leave one out',
    })
  if (freeze !== undefined && from === undefined && continued === undefined)
    throw new WordloomError('usage', {
      found: say`${option('freeze')} keeps vectors that are given, and none are given`,
      cure: say`name a file with ${option('from')} or ${option('continue')}`,
    })
  const frozen = freeze === undefined || freeze === ALL ? freeze : (await readWords(freeze)).map(decoded)
  return {
    ...(from !== undefined && { from: await openVectors(from) }),
    ...(continued !== undefined && { continue: await openVectors(continued) }),
    ...(frozen !== undefined && { frozen }),
  }
}

function decoded(word: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(word)
}

/** The vectors of the model that goes on, to compare with later. */
export function vectorsBefore({ continue: continued }: StartCall): WordVectors | undefined {
  return continued && 'vectors' in continued ? continued.vectors : continued
}

/** A complaint about the model that goes on, with the name of its file beside that of the flag. */
export function aboutStart(error: unknown, { continue: continued }: StartFlags): unknown {
  return error instanceof WordloomError && continued !== undefined
    ? error.renamed({ continue: `--continue ${continued}` })
    : error
}

/** What became of the file in one sentence. */
export function startSentence(facts: StartFacts, { from, continue: continued }: StartFlags): string {
  const { given, matched, fresh, inText, frozen } = facts
  const beginning = facts.continues
    ? `continuing ${continued}: ${grouped(given)} words, ${grouped(inText)} of them in this text, and ${grouped(fresh)} new`
    : `${grouped(matched)} of ${grouped(matched + fresh)} words start from ${from}, ${grouped(fresh)} as new`
  const outputs = {
    given: '',
    absent: '; the file has no output vectors, so all of those start at zero',
    'of-another-objective': '; its output vectors belong to another objective, so all start at zero',
    'of-another-tree': '; new counts build another Huffman tree, so the rows of its nodes all start at zero',
  }[facts.outputVectors]
  const subwords =
    facts.subwords &&
    {
      given: '; sub-words start from those of the file',
      absent: '; the file has no sub-words, so all of them start as new',
      'of-other-settings': '; its sub-words have other n-grams or buckets, so all of them start as new',
      'left-out': '; the sub-words of the file are left out (--subwords keeps them)',
    }[facts.subwords]
  return `${beginning}${outputs}${subwords ?? ''}${frozen > 0 ? `; ${grouped(frozen)} stay as they are` : ''}`
}
