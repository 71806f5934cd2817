import { WordloomError } from 'wordloom'
import type { Call } from '#threads/index'

export type Request =
  | { readonly echo: unknown }
  | { readonly after: number }
  | { readonly buffer: ArrayBuffer }
  | 'throw'
  | 'refuse'
  | 'exit'
  | 'die later'
  | 'uncloneable'
  | 'count'
  | 'until unwanted'
  | 'flags'

/** On the worker of these tests: does what can happen to a service. */
export function testService(task: string) {
  if (task === 'no service') throw new WordloomError('bad-data', { found: 'the task is not a task' })
  return (request: Request, call: Call<number>): unknown => {
    if (typeof request === 'object') return answerTo(request, call)
    return acts[request](call)
  }
}

function answerTo(request: Exclude<Request, string>, call: Call<number>): unknown {
  if ('echo' in request) return request.echo
  if ('after' in request) return new Promise(resolve => setTimeout(resolve, request.after, request.after))
  call.handOver(request.buffer)
  return request.buffer
}

const acts: Record<Extract<Request, string>, (call: Call<number>) => unknown> = {
  throw: () => {
    throw new TypeError('planted')
  },
  refuse: () => {
    throw new WordloomError('unknown-word', { found: 'no such word' })
  },
  exit: () => process.exit(3),
  'die later': () => {
    setTimeout(() => {
      throw new Error('planted between requests')
    })
    return new Promise(() => {})
  },
  uncloneable: () => () => {},
  count: call => {
    for (const i of [1, 2, 3]) call.tell(i)
    return 'done'
  },
  'until unwanted': async call => {
    call.tell(0)
    for (;;) {
      await new Promise(resolve => setTimeout(resolve))
      call.stopIfUnwanted()
    }
  },
  flags: () => process.execArgv,
}
