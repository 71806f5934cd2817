import type { AnyRoute } from './route.js'

/** The fields of a route as they stand in the path and in the query, numbers as numbers. */
export function fieldsIn(
  { asks }: AnyRoute,
  parts: Readonly<Record<string, string>>,
  query: string,
): Record<string, unknown> {
  const given = new URLSearchParams(query)
  const fields: Record<string, unknown> = {}
  for (const [name, { schema }] of Object.entries(asks.fields)) {
    const text = parts[name] ?? given.get(name)
    if (text !== null && text !== undefined) fields[name] = isNumeric(schema.type, text) ? Number(text) : text
  }
  return fields
}

function isNumeric(type: unknown, text: string): boolean {
  return (type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)
}
