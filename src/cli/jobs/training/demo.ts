import { option, say, WordloomError } from '../../../errors.js'
import { type CorpusSource, installedProse } from '../../../text/index.js'
import type { TrainingOptions } from '../../../training/index.js'
import type { WordVectors } from '../../../vectors/index.js'
import type { MapWords } from '../../files/map-file.js'
import { ownName } from '../../terminal/own-name.js'
import { table } from '../../terminal/table.js'
import { paintFor } from '../../terminal/terminal.js'
import { exampleList } from '../../verb/help.js'
import { summaryOf, type TrainingFacts, type VectorFilesWritten } from './report.js'

/** For half a million words or so: small vectors, larger steps and more passes than a large text needs. */
const options: Partial<TrainingOptions> = {
  dimensions: 64,
  epochs: 20,
  learningRate: 0.05,
  subsampling: 3e-4,
  minCount: 6,
}

interface Demo {
  readonly source: CorpusSource
  readonly options: Partial<TrainingOptions>
  readonly flags: { readonly output: string; readonly map: string }
  readonly map: MapWords
}

/** Where the demo's text comes from and where its files go. Throws `usage` if a corpus is given too. */
export function demoDefaults(corpus: readonly string[], output = 'demo.safetensors'): Demo {
  if (corpus.length === 0)
    return {
      source: installedProse(),
      options,
      flags: { output, map: output === '-' ? 'demo.html' : mapBeside(output) },
      map: { title: 'What the documentation talks about', highlight: candidates },
    }
  throw new WordloomError('usage', {
    found: say`${option('demo')} brings its own text`,
    cure: say`leave out ${option('demo')}, or the names of files`,
  })
}

/** model.html beside model.safetensors. */
function mapBeside(output: string): string {
  return `${output.replace(/(\.[^./\\]+)?(\.gz|\.zst)?$/, '')}.html`
}

/** Words of documentation, best known ones first, whose neighbours are worth a look. */
const candidates = [
  'width',
  'left',
  'true',
  'promise',
  'file',
  'error',
  'string',
  'before',
  'returns',
  'browser',
  'fast',
  'two',
]
const WORDS_SHOWN = 8
const NEIGHBORS_SHOWN = 5
/** Rarer words have been seen too seldom to show. */
const FREQUENT_WORDS = 2500

/** The summary, a table of neighbours, and what to try next. */
export function showDemo(vectors: WordVectors, facts: TrainingFacts, written: VectorFilesWritten): string {
  const paint = paintFor(process.stdout)
  const words = candidates.filter(word => vectors.has(word)).slice(0, WORDS_SHOWN)
  const found = vectors.nearestBatch(words, { count: NEIGHBORS_SHOWN, limit: FREQUENT_WORDS })
  const rows = words.map((word, i) => [word, found[i]!.map(neighbor => neighbor.word).join(', ')])
  const neighbors = table([{ title: 'word' }, { title: 'its nearest words' }], rows, paint)
  return [
    summaryOf(facts, written),
    '',
    neighbors,
    '',
    exampleList('Try next:', nextSteps(facts, words), paint),
  ].join('\n')
}

function nextSteps({ output, map }: TrainingFacts, words: readonly string[]): [string, string][] {
  const wordloom = ownName()
  return [
    [`${wordloom} nearest ${output} ${words.at(-1) ?? 'the'}`, 'more words near a word'],
    [`open ${map} in a browser`, 'the words as a map'],
    [`${wordloom} train your-text.txt -o vectors.safetensors`, 'learn from your own text'],
  ]
}
