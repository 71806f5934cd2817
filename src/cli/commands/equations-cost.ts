import { cpus } from 'node:os'
import type { Command } from 'commander'
import { costOptionTable, drawCost, measureCost } from '../../cost/index.js'
import { WordloomError } from '../../errors.js'
import { isStream, writeWhole } from '../../files/index.js'
import { costText } from '../cost-report.js'
import { grouped } from '../figures.js'
import { openOutputs } from '../output-files.js'
import { paintFor, tell } from '../terminal.js'
import { listOf, numberIn } from '../values.js'
import { verb } from '../verb.js'

interface CostFlags {
  readonly picture?: string
  readonly vocabularySizes?: readonly number[]
  readonly negativeSamples?: readonly number[]
  readonly dimensions?: number
  readonly seconds?: number
  readonly json?: true
}

const sizes = numberIn({ kind: 'integer', min: 2, max: 1_000_000 })
const negatives = numberIn({ kind: 'integer', min: 1, max: 10_000 })
const dimensions = numberIn({ kind: 'integer', min: 1, max: 10_000 })
const seconds = numberIn({ kind: 'number', min: 0.01, max: 86_400 })

export function costCommand(): Command {
  return verb({
    name: 'cost',
    summary: 'time naive softmax and negative sampling on this machine',
    description:
      'Times the loss and both gradients of a pair of words, as the equations give them, by the size of the ' +
      'vocabulary and by the number of negatives, and fits the slopes: naive softmax is said to grow as |V| ' +
      '(slope 1), negative sampling not to grow with |V| (slope 0), but as K (slope 1).',
    examples: [
      ['wordloom equations cost', 'two tables, in less than a minute'],
      ['wordloom equations cost --picture cost.svg', 'and their picture'],
    ],
  })
    .option('--picture <file.svg>', 'draw the times (- is standard output)')
    .option(
      '--vocabulary-sizes <list>',
      listHelp('|V|', costOptionTable.vocabularySizes.default),
      listOf(sizes),
    )
    .option(
      '--negative-samples <list>',
      listHelp('K', costOptionTable.negativeSamples.default),
      listOf(negatives),
    )
    .option('--dimensions <n>', `d (default ${costOptionTable.dimensions.default})`, dimensions)
    .option(
      '--seconds <n>',
      `what it may take, roughly (default ${costOptionTable.seconds.default})`,
      seconds,
    )
    .option('--json', 'print JSON')
    .action(cost)
}

function listHelp(symbol: string, numbers: readonly number[]): string {
  return `${symbol}, with commas (default ${numbers.join(',')})`
}

async function cost({ picture, json, ...flags }: CostFlags): Promise<void> {
  if (picture !== undefined) await checkPicture(picture)
  const { print, printJson } = await openOutputs([picture])
  const show = percentLine()
  const report = measureCost({ ...flags, now: processorTime, onProgress: show })
  show(undefined)
  if (picture !== undefined) await writeWhole(picture, [new TextEncoder().encode(drawCost(report))])
  const machine = { node: process.version, processor: cpus()[0]?.model.trim() ?? 'unknown processor' }
  if (json) return printJson({ ...machine, ...report, ...(picture !== undefined && { picture }) })
  print(costText(report))
  tell(paintFor(process.stderr)('dim', `Node ${machine.node.slice(1)} on ${machine.processor}`))
}

/** Seconds that this process has had of the processors, whatever else runs on them. */
function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

async function checkPicture(path: string): Promise<void> {
  if (!path.endsWith('.svg') && !(await isStream(path)))
    throw new WordloomError('usage', `the picture is an SVG, but ${path} does not end in .svg`)
}

/** Shows in a terminal how much of the time is gone, on a line that undefined clears. */
function percentLine(): (fraction: number | undefined) => void {
  let shown = ''
  return fraction => {
    const text = fraction === undefined ? '' : `timing ${grouped(100 * fraction)} %`
    if (!process.stderr.isTTY || text === shown) return
    shown = text
    process.stderr.write(`\r\x1b[K${text}`)
  }
}
