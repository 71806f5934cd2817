import { cpus } from 'node:os'
import { costOptionTable, drawCost, measureCost } from '../../cost/index.js'
import { option, say, WordloomError } from '../../errors.js'
import { isStream, writeWhole } from '../../files/index.js'
import { costText } from '../tables/cost-report.js'
import { grouped } from '../terminal/figures.js'
import { canRewrite, paintFor, tell } from '../terminal/terminal.js'
import { chosen } from '../verb/flags.js'
import { verb } from '../verb/verb.js'

export const cost = verb({
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
  inputs: {},
  flags: {
    picture: {
      kind: 'file',
      use: 'write',
      placeholder: '<file.svg>',
      help: 'where a drawing of the times goes (- is standard output)',
    },
    ...costOptionTable,
  },
  async plan(_, { picture }) {
    if (picture !== undefined) await checkPicture(picture)
    return {}
  },
  async run(_, flags) {
    const { picture } = flags
    const show = percentLine()
    const { vocabularySizes, negativeSamples, ...others } = chosen(costOptionTable, flags)
    const lists = {
      ...(vocabularySizes && { vocabularySizes: inOrder(vocabularySizes) }),
      ...(negativeSamples && { negativeSamples: inOrder(negativeSamples) }),
    }
    const report = measureCost({ ...others, ...lists, now: processorTime, onProgress: show })
    show(undefined)
    if (picture !== undefined) await writeWhole(picture, [new TextEncoder().encode(drawCost(report))])
    const machine = { node: process.version, processor: cpus()[0]?.model.trim() ?? 'unknown processor' }
    if (!flags.json)
      tell(paintFor(process.stderr)('dim', `Node ${machine.node.slice(1)} on ${machine.processor}`))
    return {
      json: { ...machine, ...report, ...(picture !== undefined && { picture }) },
      text: () => costText(report),
    }
  },
})

/** Each number once, least first. */
function inOrder(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b)
}

/** Seconds that this process has had of the processors, whatever else runs on them. */
function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

async function checkPicture(path: string): Promise<void> {
  if (path.endsWith('.svg') || (await isStream(path))) return
  throw new WordloomError('usage', {
    found: say`${option('picture')} is ${path}`,
    expected: 'a name that ends in .svg',
  })
}

/** Shows in a terminal how much of the time is gone, on a line that undefined clears. */
function percentLine(): (fraction: number | undefined) => void {
  let shown = ''
  return fraction => {
    const text = fraction === undefined ? '' : `timing ${grouped(100 * fraction)} %`
    if (!canRewrite() || text === shown) return
    shown = text
    process.stderr.write(`\r\x1b[K${text}`)
  }
}
