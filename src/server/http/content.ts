import type { Asked } from './asked.js'
import { Refusal } from './refusal.js'

/**
 * Throws 415 unless the body is plain JSON. A page of another site can send forms and plain text without asking first;
 * for JSON its browser has to ask.
 */
export function checkJsonType(asked: Asked, path: string, example: unknown): void {
  const encoding = asked.header('content-encoding')
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity')
    throw new Refusal(
      415,
      'encoding_unsupported',
      { found: 'the body is compressed', expected: 'plain JSON', cure: 'leave content-encoding out' },
      { closes: true },
    )
  const given = asked.header('content-type') ?? ''
  if (given === 'application/json') return
  const [type, ...parameters] = given.toLowerCase().split(';')
  const charset = parameters.find(parameter => parameter.trim().startsWith('charset='))
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset.trim())
  if (type!.trim() === 'application/json' && isUtf8) return
  const line = `curl http://${asked.hosts[0] ?? 'localhost'}${path} -H 'content-type: application/json' -d '${JSON.stringify(example)}'`
  throw new Refusal(
    415,
    'content_type_unsupported',
    {
      found:
        type === '' ? 'the request has no content-type' : 'the content-type is not that of JSON in UTF-8',
      expected: 'content-type: application/json',
      cure: `with curl: ${line}`,
    },
    { closes: true },
  )
}
