import type { AnyModelToServe } from '../../server/index.js'
import { counted } from '../terminal/figures.js'
import { printJson, tell } from '../terminal/terminal.js'

/** Tells where a server is, what it serves, and how to ask it. */
export function tellStart(
  url: string,
  models: readonly AnyModelToServe[],
  { json, hasKeys }: { readonly json?: true | undefined; readonly hasKeys: boolean },
): void {
  const list = models.map(listed)
  if (json) {
    printJson({ event: 'listening', url, models: list })
    return
  }
  const shown = list.map(
    ({ name, words, labels, dimensions, documents }) =>
      `  ${name}, ${labels === undefined ? counted(words!, 'word') : `a classifier of ${counted(labels, 'label')}`} × ${dimensions}${documents ? `, ${counted(documents, 'document')}` : ''}`,
  )
  const key = hasKeys ? " -H 'authorization: Bearer KEY'" : ''
  const asked = list.find(({ words }) => words !== undefined) ?? list[0]!
  const route = asked.labels === undefined ? 'embeddings' : 'classify'
  const body = JSON.stringify({ input: 'a fine film', ...(list.length > 1 && { model: asked.name }) })
  tell(
    [
      `Serving at ${url}/v1 (${url}/ has forms to try it):`,
      ...shown,
      `  curl ${url}/v1/${route}${key} -H 'content-type: application/json' -d '${body}'`,
      'Ctrl-C ends it.',
    ].join('\n'),
  )
}

/** Large files are not all read yet. */
export function tellEarly(url: string, { json }: { readonly json?: true | undefined }): void {
  if (json) printJson({ event: 'looking-up', url })
  else tell(`Vectors of texts are answered at ${url}/v1 now, all else once the files are read.`)
}

interface Listed {
  readonly name: string
  readonly words?: number
  readonly labels?: number
  readonly dimensions: number
  readonly documents?: number
}

function listed(model: AnyModelToServe): Listed {
  const { name } = model
  if ('classifier' in model)
    return { name, labels: model.classifier.labels.length, dimensions: model.classifier.dimensions }
  const { vectors, documents } = model
  return {
    name,
    words: vectors.size,
    dimensions: vectors.dimensions,
    ...(documents && { documents: documents.size }),
  }
}

/** Where a person finds the server. */
export function addressOf(host: string, port: number): string {
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${shown.includes(':') && !shown.startsWith('[') ? `[${shown}]` : shown}:${port}`
}
