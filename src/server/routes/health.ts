import { choice } from '../../options/index.js'
import { json } from '../http/answer.js'
import { overloaded } from '../http/refusal.js'
import { pauses, route } from '../routing/route.js'
import { ofTable, optional, record } from '../schema/fields.js'

export const health = route({
  method: 'GET',
  path: '/health',
  summary: 'whether the process lives',
  access: 'open',
  isAlways: true,
  asks: record({}),
  answer: () => json({ status: 'ok' }),
})

export const ready = route({
  method: 'GET',
  path: '/ready',
  summary: 'whether questions are answered: 503 while models are loaded, and once the server is ending',
  access: 'open',
  isAlways: true,
  asks: record({
    for: optional(
      ofTable(
        choice(
          'all',
          ['all', 'texts'],
          'texts: ready once vectors of texts are answered, which may be earlier',
        ),
      ),
    ),
  }),
  answer: ({ for: wanted }, { standing }) => {
    const pause = standing.pause()
    if (pause === undefined) return json({ status: 'ready' })
    if (wanted === 'texts' && standing.looksUp()) return json({ status: 'ready', for: 'texts' })
    throw overloaded(pause, pauses[pause])
  },
})
