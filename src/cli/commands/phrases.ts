import { type Command, InvalidArgumentError } from 'commander'
import { WordloomError } from '../../errors.js'
import {
  englishConnectors,
  learnPhrases,
  type PhraseOptions,
  type PhraseScoring,
  type Phrases,
  phraseScorings,
  readPhrases,
  writeJoined,
} from '../../phrases/index.js'
import { type TokenizerName, tokenizers } from '../../text/index.js'
import { grouped } from '../figures.js'
import { interruptible } from '../interrupt.js'
import { openOutputs, shownOutput } from '../output-files.js'
import { progressDisplay } from '../progress-bar.js'
import { table } from '../table.js'
import { paintFor, visible } from '../terminal.js'
import { numberIn, oneOf, positive } from '../values.js'
import { verb } from '../verb.js'

interface PhraseFlags extends Pick<PhraseOptions, 'minCount' | 'passes' | 'connectors' | 'separator'> {
  readonly output?: string
  readonly phrases?: string
  readonly scoring?: PhraseScoring
  readonly threshold?: readonly number[]
  readonly tokenizer?: TokenizerName
  readonly threads?: number
  readonly pairMemory?: number
  readonly idMemory?: number
  readonly count: number
  readonly quiet?: true
  readonly json?: true
}

export function phrasesCommand(): Command {
  return verb({
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
  })
    .argument('<corpus...>', 'text files (.gz and .zst too), folders, globs, or - for standard input')
    .option(
      '-o, --output <file>',
      'the joined text (.gz and .zst too; - is standard output), or .json for the phrases',
      path,
    )
    .option('--phrases <file>', 'join these phrases instead of finding some')
    .optionsGroup('What is a phrase:')
    .option('--scoring <name>', 'word2phrase (default) or npmi', oneOf(phraseScorings))
    .option('--threshold <x,…>', 'least score, for each pass if wanted (default 100, npmi 0.5)', thresholds)
    .option('--min-count <n>', 'pairs seen fewer times are none (default 5)', positive)
    .option('--connectors <words>', 'may stand inside: english, or words with commas between', connectors)
    .option('--passes <n>', 'how often to look, over what was joined (default 1)', positive)
    .option('--separator <text>', 'between the words of a phrase (default _)')
    .optionsGroup('The work:')
    .option('--tokenizer <name>', 'words (default) or whitespace', oneOf(tokenizerNames))
    .option('--threads <n>', 'that number words (default 1)', positive)
    .option('--pair-memory <n>', 'bytes for counts of pairs; less: more readings (default 1 GiB)', bytes)
    .option('--id-memory <n>', 'bytes for the text as numbers; more go to a file (default 1 GiB)', bytes)
    .optionsGroup('What is shown:')
    .option('-n, --count <n>', 'how many phrases without an output (default 20)', positive, 20)
    .option('-q, --quiet', 'show nothing unless something goes wrong')
    .option('--json', 'print JSON')
    .action(run)
}

const namesakes: Readonly<Record<string, string>> = { output: '--output', 'min-count': '--min-count' }
const tokenizerNames = Object.keys(tokenizers) as TokenizerName[]
const bytes = numberIn({ kind: 'integer', min: 0, max: 2 ** 31 * 2 ** 20 })
const anyNumber = numberIn({ kind: 'number', min: -(2 ** 31), max: 2 ** 31 })

function path(text: string): string {
  if (text === 'utput') throw new InvalidArgumentError('write --output with two dashes') // word2phrase's -output
  return text
}

function thresholds(text: string): number[] {
  return text.split(',').map(part => anyNumber(part.trim()))
}

function connectors(text: string): readonly string[] {
  return text === 'english' ? englishConnectors : text.split(',').filter(word => word !== '')
}

async function run(corpus: readonly string[], flags: PhraseFlags): Promise<void> {
  const { output, quiet, json, count } = flags
  if (output === undefined && flags.phrases !== undefined)
    throw new WordloomError('usage', 'say where the joined text goes, for example -o joined.txt')
  const { print, printJson } = await openOutputs([output], [...corpus, flags.phrases])
  const display = progressDisplay(Boolean(quiet))
  const onProgress: PhraseOptions['onProgress'] = reading => display.show({ phase: 'reading', ...reading })
  const result = await interruptible(signal =>
    work(corpus, flags, { ...optionsOf(flags), onProgress, signal }),
  ).finally(() => display.stop())
  const { phrases, ...written } = result
  if (json)
    printJson({ ...(output && { output }), phrases: phrases.size, ...written, ...best(result, flags) })
  else if (quiet) return
  else if (output === undefined) print(phraseTable(phrases, count))
  else print(sentenceOf(result, output))
}

interface Result {
  readonly phrases: Phrases
  /** Of the text before and after, where it was written. */
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
  const {
    phrases,
    corpus: facts,
    tokens,
  } = await writeJoined(corpus, output, {
    ...options,
    ...(given && { phrases: given }),
  })
  return { phrases, tokensRead: facts.tokens, tokensWritten: tokens }
}

function optionsOf(flags: PhraseFlags): PhraseOptions {
  const { output: _, phrases: __, count: ___, quiet: ____, json: _____, threshold, ...options } = flags
  return { ...options, ...(threshold && { threshold: threshold.length > 1 ? threshold : threshold[0]! }) }
}

function best({ phrases }: Result, { output, count }: PhraseFlags): object {
  return output === undefined ? { best: bestOf(phrases, count) } : {}
}

function bestOf(phrases: Phrases, count: number) {
  const found = phrases.passes.flatMap((pass, i) =>
    pass.phrases.slice(0, count).map(phrase => ({ ...phrase, pass: i + 1 })),
  )
  return found.sort((a, b) => b.pass - a.pass || b.score - a.score).slice(0, count)
}

function phraseTable(phrases: Phrases, count: number): string {
  const rows = bestOf(phrases, count).map(phrase => [
    visible(phrase.words.join(phrases.separator)),
    grouped(phrase.count),
    phrase.score.toPrecision(4),
  ])
  const columns = [
    { title: 'phrase' },
    { title: 'count', align: 'right' },
    { title: 'score', align: 'right' },
  ]
  const shown =
    rows.length > 0 ? table(columns as Parameters<typeof table>[0], rows, paintFor(process.stdout)) : ''
  return `${shown}\n${rows.length} of ${grouped(phrases.size)} phrases`.trimStart()
}

function sentenceOf({ phrases, tokensRead, tokensWritten }: Result, output: string): string {
  const found = `${grouped(phrases.size)} phrase${phrases.size === 1 ? '' : 's'}`
  if (tokensRead === undefined || tokensWritten === undefined) return `${found} → ${shownOutput(output)}`
  return `${found}; ${grouped(tokensRead)} words became ${grouped(tokensWritten)} → ${shownOutput(output)}`
}
