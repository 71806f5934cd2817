import { say, WordloomError } from '../../errors.js'
import { integer, UNBOUNDED } from '../../options/index.js'
import {
  englishConnectors,
  learnPhrases,
  type PhraseOptions,
  type Phrases,
  phraseOptionTable,
  readPhrases,
  writeJoined,
} from '../../phrases/index.js'
import { shownOutput } from '../files/output-files.js'
import { bestPhrases, phraseTable } from '../tables/phrase-table.js'
import { grouped } from '../terminal/figures.js'
import { interruptible } from '../terminal/interrupt.js'
import { progressDisplay } from '../terminal/progress-bar.js'
import { warnOfAll } from '../terminal/terminal.js'
import { chosen, type FlagsOf, filled, under } from '../verb/flags.js'
import { verb } from '../verb/verb.js'

const { tokenizer, threads, pairMemory, idMemory, encoding, ...ofPhrases } = phraseOptionTable

const listing = {
  count: integer(20, 1, UNBOUNDED, 'phrases that are listed if there is no output'),
}

const flags = {
  output: {
    kind: 'file',
    use: 'write',
    help: 'where the joined text goes (.gz and .zst too; - is standard output), or the phrases if it ends in .json',
  },
  phrases: { kind: 'file', use: 'read', help: 'phrases to join, in place of finding some' },
  ...under('What is a phrase:', {
    ...ofPhrases,
    connectors: {
      ...ofPhrases.connectors,
      help: `${ofPhrases.connectors.help}; english for a list of ours`,
    },
  }),
  ...under('The work:', { tokenizer, encoding, threads, pairMemory, idMemory }),
  ...under('What is shown:', {
    ...listing,
    quiet: { kind: 'flag', default: false, help: 'show nothing unless something goes wrong' },
  }),
} as const

type PhraseFlags = FlagsOf<typeof flags>

export const phrases = verb({
  name: 'phrases',
  summary: 'find words that belong together: new york → new_york',
  description:
    'Finds pairs of words that stand together more often than chance would have it, as word2phrase does, and ' +
    'shows them, keeps them (an output that ends in .json), or writes the text with them joined, a sentence a line.',
  examples: [
    ['wordloom phrases corpus.txt', 'the best of them'],
    ['wordloom phrases corpus.txt.gz -o joined.txt.gz', 'a text to train on'],
    ['wordloom phrases corpus.txt -o phrases.json', 'for train --phrases'],
    ['wordloom phrases corpus.txt -o j.txt --connectors english', 'end_of_the_world, too'],
    ['wordloom phrases corpus.txt -o j.txt --threshold 200,100', 'two passes: new_york_times'],
  ],
  namesake: flag => (flag === '-train' ? '<corpus>' : namesakes[flag.replace(/^-+/, '')]),
  inputs: {
    corpus: {
      many: true,
      file: 'read',
      help: 'text files (.gz and .zst too), folders, globs, or - for standard input',
    },
  },
  flags,
  plan(_, { output, phrases }) {
    if (output !== undefined || phrases === undefined) return {}
    throw new WordloomError('usage', {
      found: 'there are phrases to join, and no place for the joined text',
      cure: say`name one, for example -o joined.txt`,
    })
  },
  async run({ corpus }, flags) {
    const { output, quiet } = flags
    const { count } = filled(listing, flags)
    const display = progressDisplay(Boolean(quiet))
    const onProgress: PhraseOptions['onProgress'] = reading => display.show({ phase: 'reading', ...reading })
    const warnings: string[] = []
    const onWarning = (sentence: string) => void warnings.push(sentence)
    const result = await interruptible(
      signal => work(corpus, flags, { ...optionsOf(flags), onProgress, onWarning, signal }),
      'stopped; nothing was written',
    ).finally(() => display.stop())
    warnOfAll(warnings)
    const { phrases, ...written } = result
    const best = output === undefined ? { best: bestPhrases(phrases, count) } : { output }
    return {
      json: { phrases: phrases.size, ...written, ...best },
      text: () => (output === undefined ? phraseTable(phrases, count) : sentenceOf(result, output)),
    }
  },
})

/** The flags of word2phrase. */
const namesakes: Readonly<Record<string, string>> = { output: '--output', 'min-count': '--min-count' }

interface Result {
  readonly phrases: Phrases
  /** Words of the text before and after, if it was written. */
  readonly tokensRead?: number
  readonly tokensWritten?: number
}

async function work(corpus: readonly string[], flags: PhraseFlags, options: PhraseOptions): Promise<Result> {
  const { output } = flags
  const given = flags.phrases === undefined ? undefined : await readPhrases(flags.phrases)
  if (output === undefined) return { phrases: await learnPhrases(corpus, options) }
  if (!given && /\.json(\.gz|\.zst)?$/i.test(output)) {
    const phrases = await learnPhrases(corpus, options)
    await phrases.save(output)
    return { phrases }
  }
  const joined = await writeJoined(corpus, output, { ...options, ...(given && { phrases: given }) })
  return { phrases: joined.phrases, tokensRead: joined.corpus.tokens, tokensWritten: joined.tokens }
}

function optionsOf(flags: PhraseFlags): PhraseOptions {
  const { threshold, connectors, ...options } = chosen(phraseOptionTable, flags)
  return {
    ...options,
    ...(threshold && { threshold: threshold.length > 1 ? threshold : threshold[0]! }),
    ...(connectors && { connectors: connectors.join() === 'english' ? englishConnectors : connectors }),
  }
}

function sentenceOf({ phrases, tokensRead, tokensWritten }: Result, output: string): string {
  const found = `${grouped(phrases.size)} phrase${phrases.size === 1 ? '' : 's'}`
  if (tokensRead === undefined || tokensWritten === undefined) return `${found} → ${shownOutput(output)}`
  return `${found}; ${grouped(tokensRead)} words became ${grouped(tokensWritten)} → ${shownOutput(output)}`
}
