/** What a field may be, as the server describes it. */
export interface FieldSchema {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly string[]
  readonly items?: FieldSchema
  readonly anyOf?: readonly FieldSchema[]
}

/** A route as the page shows it. */
export interface RouteFacts {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly summary: string
  readonly needsKey: boolean
  readonly fields: readonly RouteField[]
  readonly example: Readonly<Record<string, unknown>> | undefined
}

export interface RouteField {
  readonly name: string
  readonly schema: FieldSchema
  readonly isRequired: boolean
  readonly isInPath: boolean
}

interface Operation {
  readonly summary: string
  readonly security: readonly unknown[]
  readonly parameters?: readonly { name: string; in: string; required: boolean; schema: FieldSchema }[]
  readonly requestBody?: {
    readonly content: {
      readonly 'application/json': { readonly schema: BodySchema; readonly example?: object }
    }
  }
}

interface BodySchema {
  readonly properties?: Readonly<Record<string, FieldSchema>>
  readonly required?: readonly string[]
}

/** The routes of a description in OpenAPI, each once: other paths of the same route say the same. */
export function routesIn(description: { paths: Record<string, Record<string, Operation>> }): RouteFacts[] {
  const seen = new Set<string>()
  return Object.entries(description.paths)
    .flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => factsOf(method, path, operation)),
    )
    .filter(({ method, summary, path }) => {
      const key = `${method} ${summary}`
      if (path === '/' || seen.has(key)) return false
      seen.add(key)
      return true
    })
}

function factsOf(method: string, path: string, operation: Operation): RouteFacts {
  const content = operation.requestBody?.content['application/json']
  const ofBody = Object.entries(content?.schema.properties ?? {}).map(([name, schema]) => ({
    name,
    schema,
    isRequired: content!.schema.required?.includes(name) ?? false,
    isInPath: false,
  }))
  const ofQuery = (operation.parameters ?? []).map(({ name, in: place, required, schema }) => {
    return { name, schema, isRequired: required, isInPath: place === 'path' }
  })
  return {
    method: method.toUpperCase() as RouteFacts['method'],
    path,
    summary: operation.summary,
    needsKey: operation.security.length > 0,
    fields: [...ofBody, ...ofQuery],
    example: content?.example as RouteFacts['example'],
  }
}
