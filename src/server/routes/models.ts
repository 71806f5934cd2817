import { json } from '../http/answer.js'
import { ServedClassifier } from '../models/served-classifier.js'
import type { ServedModel } from '../models/served-model.js'
import type { Served } from '../models/shelf.js'
import { route } from '../routing/route.js'
import { record, text } from '../schema/fields.js'

export const models = route({
  method: 'GET',
  path: '/v1/models',
  also: ['/models'],
  summary: 'the models that are served',
  access: 'key',
  asks: record({}),
  answer: (_, { generation }) => json({ object: 'list', data: [...generation.all.values()].map(described) }),
})

export const oneModel = route({
  method: 'GET',
  path: '/v1/models/:id',
  also: ['/models/:id'],
  summary: 'one model',
  access: 'key',
  asks: record({ id: text('name of the model', 512) }),
  answer: ({ id }, { generation, facts }) => {
    const model = generation.findAny(id)
    facts.model = model.name
    return json(described(model))
  },
})

function described(model: Served): object {
  return model instanceof ServedClassifier ? describedClassifier(model) : describedVectors(model)
}

function describedClassifier({ name, created, classifier, digest }: ServedClassifier): object {
  const { dimensions, labels, loss } = classifier
  return {
    id: name,
    object: 'model',
    created,
    owned_by: 'wordloom',
    kind: 'classifier',
    dimensions,
    labels: labels.length,
    loss,
    ...(digest !== undefined && { digest }),
  }
}

function describedVectors({
  name,
  created,
  vectors,
  digest,
  pooling,
  embedder,
  documents,
}: ServedModel): object {
  const { dimensions, size } = vectors
  return {
    id: name,
    object: 'model',
    created,
    owned_by: 'wordloom',
    kind: 'vectors',
    dimensions,
    words: size,
    pooling,
    pooling_digest: embedder.digest,
    ...(documents && { documents: documents.size }),
    ...(digest !== undefined && { digest }),
  }
}
