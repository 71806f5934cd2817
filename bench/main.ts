/** Measures Wordloom: `npm run bench -- NAME`, names as below. Results go to standard output. */
import { type ErrorCode, WordloomError } from 'wordloom'
import { classify, classifyUsage } from './classify.js'
import { documents, documentsUsage } from './documents.js'
import { labelAccuracy, labelAccuracyUsage } from './label-accuracy.js'
import { map, mapUsage } from './map.js'
import { peers, peersUsage } from './peers.js'
import { prediction, predictionUsage } from './prediction.js'
import { quality, qualityUsage } from './quality.js'
import { queries, queriesUsage } from './queries.js'
import { retrieval, retrievalUsage } from './retrieval.js'
import { search, searchUsage } from './search.js'
import { server, serverUsage } from './server/server.js'
import { softmax, softmaxUsage } from './softmax.js'
import { speed, speedUsage } from './speed.js'
import { text, textUsage } from './text.js'

const commands: Record<string, (args: readonly string[]) => Promise<void>> = {
  speed,
  text,
  peers,
  quality,
  documents,
  prediction,
  classify,
  'label-accuracy': labelAccuracy,
  retrieval,
  queries,
  search,
  server,
  softmax,
  map,
}

const usage = `npm run bench -- NAME [options]

${[
  speedUsage,
  textUsage,
  peersUsage,
  qualityUsage,
  documentsUsage,
  predictionUsage,
  classifyUsage,
  labelAccuracyUsage,
  retrievalUsage,
  queriesUsage,
  searchUsage,
  serverUsage,
  softmaxUsage,
  mapUsage,
].join('\n\n')}

All: --json FILE writes every measurement. Nothing else is written but standard output and, as runs end, a
line each to standard error. Figures are worth something on an idle machine only.
`

/** As the command line's own: wrong usage, bad input data, no input, not written. */
const exitCodes: Partial<Record<ErrorCode, number>> = {
  usage: 64,
  'bad-data': 65,
  'no-input': 66,
  'not-written': 74,
}

const [name = '', ...args] = process.argv.slice(2)
try {
  if (['', 'help', '--help', '-h'].includes(name) || args.includes('--help')) process.stdout.write(usage)
  else if (Object.hasOwn(commands, name)) await commands[name]!(args)
  else
    throw new WordloomError('usage', {
      found: `there is no bench "${name}"; there are ${Object.keys(commands).join(', ')}`,
    })
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = exitCodeOf(error)
}

function exitCodeOf(error: unknown): number {
  if (error instanceof WordloomError) return exitCodes[error.code] ?? 70
  return String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS') ? 64 : 70
}
