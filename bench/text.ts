import { createReadStream, createWriteStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createGzip } from 'node:zlib'
import { findCorpus, writePlain } from './corpus.js'
import { describeMachine, heading, note, writeJson } from './machine.js'
import { inRounds, medianOf, ratio } from './rounds.js'
import { fixed, table } from './table.js'
import { inTemporaryFolder } from './temporary.js'
import { type Call, type Timed, timed } from './timed.js'
import { numberFlag } from './variants.js'

export const textUsage = `text     counting and encoding a text, plain and packed, beside word2vec.c's pass over its vocabulary
  --corpus FILE  --megabytes N  --rounds 5  --threads 1,2  --word2vec PATH`

const program = fileURLToPath(new URL('./run-text.js', import.meta.url))

interface Contender {
  readonly name: string
  readonly call: Call
}

export async function text(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: flags })
  const source = findCorpus(values.corpus)
  const rounds = numberFlag('rounds', values.rounds, 5)
  const megabytes = values.megabytes ? numberFlag('megabytes', values.megabytes, 0) : undefined
  const threads = values.threads.split(',').map(each => numberFlag('threads', each, 1))
  const machine = describeMachine()
  await inTemporaryFolder(async folder => {
    const plain = join(folder, 'corpus.txt')
    const packed = `${plain}.gz`
    await writePlain(source, plain, megabytes)
    await pipeline(createReadStream(plain), createGzip(), createWriteStream(packed))
    const contenders = [
      ...threads.map(count => ours('Wordloom', plain, count)),
      ...threads.map(count => ours('Wordloom, gzip', packed, count)),
      ...(values.word2vec ? [word2vec(values.word2vec, plain, folder)] : []),
    ]
    const results = await inRounds(contenders, rounds, async ({ name, call }, round) => {
      const result = await timed(call, join(folder, 'time.txt'))
      note(`round ${round + 1}: ${fixed(result.cpuSeconds, 2)} s of CPU; ${name}`)
      return result
    })
    const size = statSync(plain).size
    const conditions = [`${(size / 1e6).toFixed(0)} MB of text, ${rounds} rounds`, ...readersGuide]
    process.stdout.write(
      `${heading('Text', conditions, machine)}\n${textTable(contenders, results, size / 1e6)}`,
    )
    const named = contenders.map(({ name }, i) => ({ name, rounds: results[i] }))
    writeJson(values.json, machine, named)
  })
}

const flags = {
  corpus: { type: 'string' },
  megabytes: { type: 'string' },
  rounds: { type: 'string' },
  threads: { type: 'string', default: '1,2' },
  word2vec: { type: 'string' },
  json: { type: 'string' },
} as const

function ours(name: string, corpus: string, threads: number): Contender {
  return {
    name: `${name}, ${threads} thread${threads === 1 ? '' : 's'}`,
    call: { program: process.execPath, args: [program, corpus, String(threads)] },
  }
}

/** Without an output it counts the words and writes them, and trains nothing. */
function word2vec(path: string, corpus: string, folder: string): Contender {
  const args = ['-train', corpus, '-save-vocab', join(folder, 'words.txt'), '-min-count', '5']
  return { name: 'word2vec.c', call: { program: path, args } }
}

function textTable(
  contenders: readonly Contender[],
  results: readonly (readonly Timed[])[],
  megabytes: number,
): string {
  const rows = contenders.map(({ name }, i) => {
    const rounds = results[i]!
    const last = results.at(-1)!
    return [
      name,
      fixed(medianOf(rounds, ({ cpuSeconds }) => megabytes / cpuSeconds)),
      ratio(last, rounds, ({ cpuSeconds }) => cpuSeconds),
      fixed(medianOf(rounds, ({ seconds }) => megabytes / seconds)),
      ratio(last, rounds, ({ seconds }) => seconds),
      fixed(medianOf(rounds, ({ peakMegabytes }) => peakMegabytes)),
    ]
  })
  return table(['system', 'MB/s of CPU', '× last', 'MB/s of wall', '× last', 'peak MB'], rows)
}

const readersGuide = [
  'words parted at white space and counted, min count 5; Wordloom also digests the text (SHA-256) and keeps it as ids, word2vec.c reads it again when it trains',
  'whole processes, from start to end; of CPU counts the processor time of all threads',
  '× last: how many times as fast as the last line; medians over the rounds, in brackets the range',
]
