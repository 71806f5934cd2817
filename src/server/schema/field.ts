/** JSON Schema, as much of it as fields have. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** What a value of a request may be: what checks it also describes it, so that the two cannot differ. */
export interface Field<Value = unknown> {
  readonly schema: JsonSchema
  /** Whether it may be missing, or null, which is the same. */
  readonly isOptional?: boolean
  /** The value, checked. Throws 400 with `at` as its `param`. */
  read(value: unknown, at: string): Value
}

export type ValueOf<One> = One extends Field<infer Value> ? Value : never

/** What a value is, in an error: no more of it than one needs to find it. */
export function shown(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  return String(value)
}
