import { WordloomError } from '../../errors.js'

/** A page has no node_modules folder. Throws `no-input`. */
// biome-ignore lint/correctness/useYield: it has the type of the one that reads files
export async function* installedProse(_folder = '.'): AsyncGenerator<string> {
  throw new WordloomError('no-input', {
    action: 'read installed prose',
    found: 'a page has no node_modules folder',
    cure: 'give a text as { lines: [...] }',
  })
}
