import { json } from '../http/answer.js'
import { openApiOf } from '../routing/openapi.js'
import { route } from '../routing/route.js'
import { record } from '../schema/fields.js'

export const description = route({
  method: 'GET',
  path: '/openapi.json',
  summary: 'this description',
  access: 'open',
  isAlways: true,
  asks: record({}),
  answer: (_, { standing }) => json(openApiOf(standing.routes)),
})
