import { route } from '../routing/route.js'
import { record } from '../schema/fields.js'
import { PAGE, POLICY } from './start-page.generated.js'

export const startPage = route({
  method: 'GET',
  path: '/',
  summary: 'a page with a form for each route',
  access: 'open',
  isAlways: true,
  asks: record({}),
  answer: () => ({
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'referrer-policy': 'no-referrer',
    },
    body: PAGE,
  }),
})
