import type { TokenIds } from '../ids/index.js'
import { KernelNumbering } from './numbering/kernel-numbering.js'
import type { Numbering } from './numbering/numbering.js'
import { KnownNumbering, ScannedNumbering } from './numbering/scanned-numbering.js'
import { textModule } from './numbering/text-kernel.js'
import { ParallelNumbering } from './numbering-threads/parallel-numbering.js'
import type { Tokenizer } from './scanning/tokenizers.js'
import type { Vocabulary } from './vocabulary/vocabulary.js'

/**
 * A numbering of every word, for a vocabulary to be made; or of the words of one that is given, without those it
 * lacks. A function as tokenizer runs in TypeScript and here, the tokenizers with a name in the kernel if it may be
 * compiled, and if there is much text on several threads.
 */
export function numberingFor(
  tokenizer: Tokenizer,
  ids: TokenIds,
  threads: number,
  vocabulary?: Vocabulary,
): Numbering {
  if (typeof tokenizer !== 'function' && textModule())
    return threads > 1
      ? new ParallelNumbering(tokenizer, ids, threads, vocabulary)
      : new KernelNumbering(tokenizer, ids, vocabulary)
  return vocabulary ? new KnownNumbering(tokenizer, ids, vocabulary) : new ScannedNumbering(tokenizer, ids)
}
