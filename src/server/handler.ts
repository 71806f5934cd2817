import type { Answer } from './http/answer.js'
import { askedBy } from './http/asked.js'
import { type AnyModelToServe, Shelf } from './models/shelf.js'
import { type ServerOptions, Service } from './service.js'

/**
 * Answers requests about word vectors and classifiers, as the Fetch standard has them: on Node, Deno, Bun and Workers alike. What is
 * served is fixed, or stands on a `Shelf`, where other models can take its place. Throws `usage` for no models, equal names,
 * and sif that cannot be.
 */
export function createHandler(
  models: readonly AnyModelToServe[] | Shelf,
  options: ServerOptions = {},
): (request: Request) => Promise<Response> {
  const shelf = models instanceof Shelf ? models : new Shelf(models)
  const service = new Service(shelf, options)
  return async request => responseOf(await service.answer(askedBy(request)), request.method)
}

function responseOf({ status, headers, body }: Answer, method: string): Response {
  const isBare = method === 'HEAD' || status === 204
  return new Response(isBare ? null : (body as BodyInit), { status, headers })
}
