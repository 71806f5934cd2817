import { WordloomError } from '../../errors.js'
import { iterableOf } from '../../files/index.js'
import { describe } from '../scanning/lines.js'
import type { TokenSink } from '../scanning/scanner.js'
import type { Tokenizer } from '../scanning/tokenizers.js'
import type { CorpusFacts, ReadTokensOptions } from './corpus-facts.js'
import { CorpusReader } from './corpus-reader.js'
import { type CorpusSource, type GivenText, isIterable, pathsOf } from './corpus-source.js'
import { type Intake, ScannedIntake } from './intake.js'

/**
 * Reads a text once, in constant memory, and gives its tokens to `sink`. Throws `no-input` if a file cannot
 * be found or opened, `bad-data` if it is not text, `too-large` if a compressed file unpacks to too much,
 * `usage` for an unknown tokenizer, `aborted`.
 */
export async function readTokens(
  source: CorpusSource,
  tokenizer: Tokenizer,
  sink: TokenSink,
  options: ReadTokensOptions = {},
): Promise<CorpusFacts> {
  return readCorpus(source, new ScannedIntake(tokenizer, sink), options)
}

/** The same into any intake. */
export async function readCorpus(
  source: CorpusSource,
  intake: Intake,
  options: ReadTokensOptions,
): Promise<CorpusFacts> {
  const reader = new CorpusReader(intake, options)
  const paths = pathsOf(source)
  const given = source as GivenText
  if (paths) await reader.readFiles(paths)
  else if (isIterable(given)) await reader.readSentences(iterableOf(given))
  else if (Array.isArray(given?.lines)) await reader.readSentences(given.lines)
  else
    throw new WordloomError('usage', {
      action: 'read a text',
      found: source === null ? 'it is null' : `it is given as ${describe(source)}`,
      expected: 'a path, an array of paths, { lines: [...] } or an iterable of sentences',
    })
  await intake.settle?.()
  reader.reportEnd()
  return reader.facts()
}
