import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { load, save, WordloomError, type WordVectors } from 'wordloom'
import { findQuestions } from './corpus.js'
import { describeMachine, heading, note, writeJson } from './machine.js'
import { madeUpVectors } from './made-up-vectors.js'
import { inRounds, medianOf, ratio } from './rounds.js'
import { fixed, table } from './table.js'
import { inTemporaryFolder } from './temporary.js'
import { timed } from './timed.js'
import { numberFlag } from './variants.js'

export const queriesUsage = `queries  the same questions to gensim and to Wordloom, of the same word2vec binary file
  --vectors FILE                     real vectors, in any format; or made-up ones of
  --words 400000  --dimensions 300
  --python python3  --threads 2  --rounds 3  --evaluation FOLDER`

/** What a process is asked to do. */
export interface QueryTask {
  readonly file: string
  readonly words: readonly string[]
  readonly questions: string
  readonly threads: number
}

/** What it took, in seconds; the two kinds of search by query. */
export interface QueryTimes {
  readonly loading: number
  readonly loadedMegabytes: number
  readonly oneByOne: number
  readonly together: number
  readonly analogies: number
  readonly accuracy: number | null
  readonly peakMegabytes: number
}

interface Runner {
  readonly system: 'gensim' | 'Wordloom'
  readonly writtenBy: 'gensim' | 'Wordloom'
}

/** How many words are asked about, one by one and together. */
const ASKED = 32

export async function queries(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      vectors: { type: 'string' },
      words: { type: 'string', default: '400000' },
      dimensions: { type: 'string', default: '300' },
      python: { type: 'string', default: '/usr/bin/python3' },
      threads: { type: 'string', default: '2' },
      rounds: { type: 'string', default: '3' },
      evaluation: { type: 'string' },
      json: { type: 'string' },
    },
  })
  const [threads, rounds, words, dimensions] = (['threads', 'rounds', 'words', 'dimensions'] as const).map(
    name => numberFlag(name, values[name], 1),
  ) as [number, number, number, number]
  const { analogies } = findQuestions(values.evaluation)
  checkGensim(values.python)
  const machine = describeMachine()
  await inTemporaryFolder(async folder => {
    const vectors = values.vectors ? await load(values.vectors) : madeUpVectors(words, dimensions)
    const files = await writeBoth(vectors, folder, values.python)
    const task = { words: wordsOf(vectors), questions: analogies, threads }
    const results = await inRounds(runners, rounds, async ({ system, writtenBy }, round) => {
      const times = await runOne(system, { ...task, file: files[writtenBy] }, values.python, folder)
      note(`round ${round + 1}: ${system}, file by ${writtenBy}: ${JSON.stringify(times)}`)
      return times
    })
    const conditions = [
      `${values.vectors ? values.vectors.split('/').at(-1) : 'made-up vectors'}: ${vectors.size} × ${vectors.dimensions}, word2vec binary; ${rounds} rounds in turn, ${threads} threads for both`,
      `nearest: ${ASKED} words, 10 answers each, a first one unmeasured; analogies: questions-words.txt among 30,000 words`,
      'medians; the ratio is gensim’s figure over Wordloom’s, by rounds, in brackets the range: above 1 Wordloom takes less',
    ]
    process.stdout.write(`${heading('Queries', conditions, machine)}\n${queryTable(results)}`)
    writeJson(values.json, machine, { runners, results })
  })
}

const runners: readonly Runner[] = [
  { system: 'Wordloom', writtenBy: 'Wordloom' },
  { system: 'gensim', writtenBy: 'Wordloom' },
  { system: 'Wordloom', writtenBy: 'gensim' },
  { system: 'gensim', writtenBy: 'gensim' },
]

function queryTable(results: readonly (readonly QueryTimes[])[]): string {
  const rows = figures.flatMap(({ name, value, digits, factor }) =>
    [0, 2].map(i => {
      const [wordloom, gensim] = [results[i]!, results[i + 1]!]
      const cell = (rounds: readonly QueryTimes[]) => fixed(times(medianOf(rounds, value), factor), digits)
      return [name, runners[i]!.writtenBy, cell(gensim), cell(wordloom), ratio(gensim, wordloom, value)]
    }),
  )
  return table(['figure', 'file by', 'gensim', 'Wordloom', 'gensim : Wordloom'], rows)
}

interface Figure {
  readonly name: string
  readonly value: (times: QueryTimes) => number | undefined
  readonly digits: number
  readonly factor: number
}

const figures: readonly Figure[] = [
  { name: 'load, s', value: ({ loading }) => loading, digits: 2, factor: 1 },
  { name: 'memory after loading, MB', value: ({ loadedMegabytes }) => loadedMegabytes, digits: 0, factor: 1 },
  { name: 'nearest one by one, ms', value: ({ oneByOne }) => oneByOne, digits: 2, factor: 1000 },
  { name: 'nearest, 32 together, ms each', value: ({ together }) => together, digits: 2, factor: 1000 },
  { name: 'analogies, s', value: ({ analogies }) => analogies, digits: 2, factor: 1 },
  { name: 'analogies right, %', value: ({ accuracy }) => accuracy ?? undefined, digits: 2, factor: 100 },
  { name: 'memory at most, MB', value: ({ peakMegabytes }) => peakMegabytes, digits: 0, factor: 1 },
]

function times(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor
}

/** The same vectors as a word2vec binary file, once as Wordloom writes it and once as gensim does. */
async function writeBoth(
  vectors: WordVectors,
  folder: string,
  python: string,
): Promise<Record<Runner['writtenBy'], string>> {
  const files = { Wordloom: join(folder, 'wordloom.bin'), gensim: join(folder, 'gensim.bin') }
  await save(vectors, files.Wordloom)
  const { status, stderr } = spawnSync(python, ['-', files.Wordloom, files.gensim], {
    input: rewriting,
    encoding: 'utf8',
  })
  if (status !== 0)
    throw new WordloomError('internal', { found: `gensim could not write the file again: ${stderr}` })
  return files
}

/** Spread over the more frequent half. */
function wordsOf({ vocabulary, size }: WordVectors): string[] {
  return Array.from({ length: Math.min(ASKED, size) }, (_, i) =>
    vocabulary.word(Math.floor((i * size) / (2 * ASKED))),
  )
}

async function runOne(
  system: Runner['system'],
  task: QueryTask,
  python: string,
  folder: string,
): Promise<QueryTimes> {
  const call =
    system === 'gensim'
      ? { program: python, args: ['-', JSON.stringify(task)], input: asking }
      : { program: process.execPath, args: [ownProgram, JSON.stringify(task)] }
  const { text } = await timed(call, join(folder, 'time.txt'))
  return JSON.parse(text.trim().split('\n').at(-1)!) as QueryTimes
}

const ownProgram = fileURLToPath(new URL('./run-queries.js', import.meta.url))

const rewriting = `
import sys
from gensim.models import KeyedVectors
KeyedVectors.load_word2vec_format(sys.argv[1], binary=True).save_word2vec_format(sys.argv[2], binary=True)
`

/** What run-queries.ts does; BLAS gets as many threads. */
const asking = `
import json, os, resource, sys, time, warnings
task = json.loads(sys.argv[1])
for name in ('OPENBLAS_NUM_THREADS', 'OMP_NUM_THREADS', 'MKL_NUM_THREADS'):
    os.environ[name] = str(task['threads'])
warnings.simplefilter('ignore')
from gensim.models import KeyedVectors
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
start = time.perf_counter()
vectors = KeyedVectors.load_word2vec_format(task['file'], binary=True)
times = {'loading': time.perf_counter() - start, 'loadedMegabytes': peak()}
words = task['words']
vectors.most_similar(words[0])
start = time.perf_counter()
for word in words:
    vectors.most_similar(word)
times['oneByOne'] = times['together'] = (time.perf_counter() - start) / len(words)
start = time.perf_counter()
try:
    accuracy = vectors.evaluate_word_analogies(task['questions'], restrict_vocab=30000)[0]
except ZeroDivisionError:
    accuracy = None
times['analogies'] = time.perf_counter() - start
times['accuracy'] = accuracy
times['peakMegabytes'] = peak()
print(json.dumps(times))
`

function checkGensim(python: string): void {
  if (spawnSync(python, ['-c', 'import gensim']).status === 0) return
  throw new WordloomError('no-input', { found: `${python} has no gensim; give another with --python` })
}
