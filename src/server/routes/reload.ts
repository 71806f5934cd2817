import { json } from '../http/answer.js'
import { Refusal } from '../http/refusal.js'
import { route } from '../routing/route.js'
import { record } from '../schema/fields.js'

export const reload = route({
  method: 'POST',
  path: '/admin/reload',
  summary: 'reads all models anew; if one cannot be read, those that are there go on',
  access: 'admin',
  asks: record({}),
  async answer(_, { standing }) {
    if (!standing.reload)
      throw new Refusal(404, 'route_not_found', { found: 'this server has nothing to read its models from' })
    await standing.reload()
    return json({ status: 'reloaded' })
  },
})
