import { VERSION } from '../../version.js'
import type { JsonSchema } from '../schema/field.js'
import type { AnyRoute } from './route.js'

const error: JsonSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['message', 'type', 'param', 'code'],
      properties: {
        message: { type: 'string' },
        type: { type: 'string' },
        param: { type: ['string', 'null'] },
        code: { type: 'string' },
      },
    },
  },
}

/** The routes in OpenAPI 3.1, from the fields that check requests. */
export function openApiOf(routes: readonly AnyRoute[]): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes)
    for (const path of [route.path, ...(route.also ?? [])]) {
      const template = path.replace(/:(\w+)/g, '{$1}')
      paths[template] = { ...paths[template], [route.method.toLowerCase()]: operationOf(route, path) }
    }
  return {
    openapi: '3.1.0',
    info: { title: 'Wordloom', version: VERSION, description: 'Word vectors, asked over HTTP.' },
    paths,
    components: {
      schemas: { Error: error },
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    },
  }
}

function operationOf(route: AnyRoute, path: string): object {
  const { summary, access, method, asks, example, gives } = route
  return {
    summary,
    security: access === 'open' ? [] : [{ key: [] }],
    ...(method === 'GET' ? { parameters: parametersOf(route, path) } : bodyOf(asks.schema, example)),
    responses: {
      200: {
        description: 'The answer.',
        ...(gives && { content: { 'application/json': { schema: gives } } }),
      },
      default: {
        description: 'A refusal.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  }
}

function parametersOf({ asks }: AnyRoute, path: string): object[] {
  return Object.entries(asks.fields).map(([name, { schema, isOptional }]) => ({
    name,
    in: path.includes(`:${name}`) ? 'path' : 'query',
    required: !isOptional,
    schema,
  }))
}

function bodyOf(schema: JsonSchema, example: unknown): object {
  if (Object.keys(schema.properties as object).length === 0) return {}
  const content = { schema, ...(example !== undefined && { example }) }
  return { requestBody: { required: true, content: { 'application/json': content } } }
}
