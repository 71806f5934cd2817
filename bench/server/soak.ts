import { linearRegression } from 'simple-statistics'
import type { WordVectors } from 'wordloom/vectors'
import { note } from '../machine.js'
import { fixed, table } from '../table.js'
import { offer, saturate } from './load.js'
import { scenarios } from './scenarios.js'
import { type Held, Served, type ServerKind } from './served.js'

export interface Soak {
  readonly file: string
  readonly vectors: WordVectors
  readonly port: number
  readonly minutes: number
  /** Requests a second; half of what the server can do if not given. */
  readonly rate: number | undefined
}

/** What a server held while it answered. */
interface Look extends Held {
  readonly hours: number
  readonly answered: number
  /** Answers of any other status, and connections that broke. */
  readonly others: number
}

/** The part of the time before memory is looked at: the heap has found its size. */
const SETTLING = 0.2
const LOOKS = 60
const CONNECTIONS = 64

/** A steady load of all kinds of requests for a long time. */
export async function soak(kind: ServerKind, { file, vectors, port, minutes, rate }: Soak): Promise<Look[]> {
  const requests = scenarios.flatMap(scenario => scenario.requests(kind, vectors).slice(0, 16))
  const served = await Served.start(kind, file, port, requests[0]!)
  try {
    const load = { port, requests, seconds: 3, connections: CONNECTIONS }
    const steady = rate ?? (await rateOf(load)) / 2
    const seconds = 60 * minutes
    await offer({ ...load, seconds: SETTLING * seconds }, steady)
    const looks: Look[] = []
    const start = performance.now()
    for (let look = 0; look < LOOKS; look++) {
      const { statuses } = await offer({ ...load, seconds: ((1 - SETTLING) * seconds) / LOOKS }, steady)
      const answered = statuses[200] ?? 0
      const others = Object.values(statuses).reduce((sum, count) => sum + count, 0) - answered
      looks.push({ hours: (performance.now() - start) / 3_600_000, answered, others, ...served.held() })
      note(JSON.stringify(looks.at(-1)))
    }
    return looks
  } finally {
    await served.stop()
  }
}

export function soakTable(looks: readonly Look[]): string {
  const slope = linearRegression(looks.map(({ hours, megabytes }) => [hours, megabytes])).m
  const [first, last] = [looks[0]!, looks.at(-1)!]
  const sum = (value: (look: Look) => number) => fixed(looks.reduce((all, look) => all + value(look), 0))
  return table(
    ['minutes', 'answered', 'others', 'memory MB, first', 'last', 'slope MB/h', 'descriptors, first', 'last'],
    [
      [
        fixed(60 * last.hours, 1),
        sum(({ answered }) => answered),
        sum(({ others }) => others),
        fixed(first.megabytes, 1),
        fixed(last.megabytes, 1),
        fixed(slope, 1),
        String(first.descriptors),
        String(last.descriptors),
      ],
    ],
  )
}

async function rateOf(load: Parameters<typeof saturate>[0]): Promise<number> {
  const { statuses, seconds } = await saturate(load)
  return (statuses[200] ?? 0) / seconds
}
