import { after } from 'node:test'
import { type AnyModelToServe, type ServerOptions, Shelf } from 'wordloom/server'
import { listen } from '#cli/serve/http-server'
import { Service } from '#server/inner'
import { main } from './small-models.js'

/** A server on a free port of this machine, until the tests of the file are over. */
export interface Running {
  readonly url: string
  readonly port: number
  readonly service: Service
  /** What it says goodbye with. */
  drain(): Promise<void>
}

const ends: (() => Promise<void>)[] = []
after(() => Promise.all(ends.map(end => end())))

export async function running(
  options: ServerOptions = {},
  models: readonly AnyModelToServe[] = [main],
): Promise<Running> {
  const service = new Service(new Shelf(models), { isLocal: true, ...options })
  const server = await listen(service, { host: '127.0.0.1', port: 0, keepAlive: 5_000 })
  let ended: Promise<void> | undefined
  const drain = () => {
    ended ??= server.drain()
    return ended
  }
  ends.push(drain)
  return { url: `http://127.0.0.1:${server.port}`, port: server.port, service, drain }
}
