import type { AnswerEvent } from '../../server/index.js'
import { tell } from '../terminal/terminal.js'

/** Which requests have a line in the log. */
export const logKinds = ['requests', 'failures', 'none'] as const
export type LogKind = (typeof logKinds)[number]

/** Milliseconds of lines that are written together. */
const TOGETHER = 20

/** One line of JSON for each request, without any text, word, vector or key; written a few at a time. */
export class RequestLog {
  readonly #kind: LogKind
  #lines = ''
  /** The millisecond of the last line, and as it is written. */
  #moment = 0
  #time = ''
  #isLost = false

  /** From now on it is no end of the process if nobody reads standard output any more, or its disk is full. */
  constructor(kind: LogKind) {
    this.#kind = kind
    process.stdout.removeAllListeners('error').on('error', error => this.#lose(error))
  }

  answered(event: AnswerEvent): void {
    if (this.#kind === 'none' || (this.#kind === 'failures' && event.status < 400)) return
    this.#write('request', event)
  }

  /** Anything else that happens to the server. */
  tell(event: string, facts: Readonly<Record<string, unknown>> = {}): void {
    if (this.#kind !== 'none') this.#write(event, facts)
  }

  /** Writes what waits. */
  flush(): void {
    if (this.#lines !== '' && !this.#isLost) process.stdout.write(this.#lines)
    this.#lines = ''
  }

  #lose({ code }: NodeJS.ErrnoException): void {
    if (!this.#isLost)
      tell(`wordloom: the log ends here, since standard output takes no more (${code}); the server goes on`)
    this.#isLost = true
  }

  /** Without an object of its own for each line, as a copy takes longer than the text. */
  #write(event: string, facts: object): void {
    if (this.#lines === '') setTimeout(() => this.flush(), TOGETHER)
    const rest = JSON.stringify(facts).slice(1)
    const separator = rest === '}' ? '' : ','
    this.#lines += `{"time":"${this.#now()}","event":"${event}"${separator}${rest}\n`
  }

  #now(): string {
    const moment = Date.now()
    if (moment !== this.#moment) this.#time = new Date(moment).toISOString()
    this.#moment = moment
    return this.#time
  }
}
