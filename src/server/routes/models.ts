import { json } from '../http/answer.js'
import type { ServedModel } from '../models/served-model.js'
import { route } from '../routing/route.js'
import { record, text } from '../schema/fields.js'

export const models = route({
  method: 'GET',
  path: '/v1/models',
  also: ['/models'],
  summary: 'the models that are served',
  access: 'key',
  asks: record({}),
  answer: (_, { generation }) =>
    json({ object: 'list', data: [...generation.models.values()].map(described) }),
})

export const oneModel = route({
  method: 'GET',
  path: '/v1/models/:id',
  also: ['/models/:id'],
  summary: 'one model',
  access: 'key',
  asks: record({ id: text('name of the model', 512) }),
  answer: ({ id }, { generation, facts }) => {
    const model = generation.find(id)
    facts.model = model.name
    return json(described(model))
  },
})

function described({ name, created, vectors, digest, pooling, embedder, documents }: ServedModel): object {
  const { dimensions, size } = vectors
  return {
    id: name,
    object: 'model',
    created,
    owned_by: 'wordloom',
    dimensions,
    words: size,
    pooling,
    pooling_digest: embedder.digest,
    ...(documents && { documents: documents.size }),
    ...(digest !== undefined && { digest }),
  }
}
