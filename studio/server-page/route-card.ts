import { element } from '../element.js'
import { readable } from './answer.js'
import type { FieldSchema, RouteFacts, RouteField } from './description.js'

/** The key that requests are sent with. */
export interface Credentials {
  /** Empty if there is none. */
  key(): string
  /** Whether the server has refused requests without one. */
  isAsked(): boolean
}

/** A model that the server has. */
export interface OfferedModel {
  readonly id: string
  readonly kind: 'vectors' | 'classifier'
}

/** A route with a form to try it, and the line of curl that does the same. */
export class RouteCard {
  readonly element: HTMLElement
  readonly #route: RouteFacts
  readonly #credentials: Credentials
  readonly #body: HTMLTextAreaElement | undefined
  readonly #inputs: ReadonlyMap<string, HTMLInputElement>
  readonly #curl = element('code', { tabindex: 0 })
  readonly #status = element('p', { class: 'status', role: 'status' })
  readonly #answer = element('pre', { class: 'answer', tabindex: 0, hidden: true })

  constructor(route: RouteFacts, credentials: Credentials) {
    this.#route = route
    this.#credentials = credentials
    this.#body = route.method === 'POST' && route.fields.length > 0 ? bodyBox(route) : undefined
    this.#inputs = new Map(
      route.method === 'GET' ? route.fields.map(field => [field.name, inputOf(route, field)]) : [],
    )
    this.element = this.#made()
    this.element.addEventListener('input', () => this.tellCurl())
    this.tellCurl()
  }

  /**
   * Names a model in what is not filled in yet: the only one of a route, or the first if a request must name one. The form is
   * hidden if no model can answer it.
   */
  offer(models: readonly OfferedModel[]): void {
    const { path, fields } = this.#route
    const id = this.#inputs.get('id')
    if (path === '/v1/models/{id}' && id?.value === '') id.value = models[0]?.id ?? ''
    if (fields.some(({ name }) => name === 'model')) {
      const kind = path === '/v1/classify' ? 'classifier' : 'vectors'
      const able = models.filter(model => model.kind === kind)
      this.element.hidden = models.length > 0 && able.length === 0
      if (able.length > 1) this.#name(able[0]!.id)
    }
    this.tellCurl()
  }

  #name(model: string): void {
    const input = this.#inputs.get('model')
    if (input?.value === '') input.value = model
    const { example } = this.#route
    if (this.#body?.value === written(example)) fill(this.#body, { model, ...example })
  }

  /** Writes the line anew, which a key changes, too. */
  tellCurl(): void {
    const hasKey = this.#credentials.key() !== '' || this.#credentials.isAsked()
    const key = this.#route.needsKey && hasKey ? ` \\\n  -H 'authorization: Bearer …'` : ''
    const method = this.#route.method === 'POST' && !this.#body ? ' -X POST' : ''
    const body = this.#body
      ? ` \\\n  -H 'content-type: application/json' \\\n  -d '${compact(this.#body.value).replaceAll("'", "'\\''")}'`
      : ''
    this.#curl.textContent = `curl${method} '${location.origin}${this.#target()}'${key}${body}`
  }

  #made(): HTMLElement {
    const { method, path, summary, fields } = this.#route
    const id = `${method}-${path}`.replace(/\W+/g, '-')
    const form = element(
      'form',
      { novalidate: true, onsubmit: event => void this.#send(event) },
      ...this.#controls(id),
      element('pre', { class: 'curl' }, this.#curl),
      element('button', { type: 'submit' }, 'Send'),
      this.#status,
      this.#answer,
    )
    return element(
      'section',
      { class: 'route', 'aria-labelledby': id },
      element('h2', { id }, element('span', { class: 'method' }, method), ' ', element('code', {}, path)),
      element('p', { class: 'summary' }, capital(summary)),
      form,
      fields.length > 0 && fieldList(fields),
    )
  }

  #controls(id: string): HTMLElement[] {
    if (this.#body) {
      this.#body.id = `${id}-body`
      return [element('label', { for: this.#body.id }, 'Body'), this.#body]
    }
    return [...this.#inputs].map(([name, input]) => {
      input.id = `${id}-${name}`
      return element('div', { class: 'field' }, element('label', { for: input.id }, name), input)
    })
  }

  #target(): string {
    let { path } = this.#route
    const query = new URLSearchParams()
    for (const { name, isInPath } of this.#route.fields) {
      const value = this.#inputs.get(name)?.value ?? ''
      if (isInPath) path = path.replace(`{${name}}`, encodeURIComponent(value))
      else if (value !== '') query.set(name, value)
    }
    return query.size > 0 ? `${path}?${query}` : path
  }

  async #send(event: Event): Promise<void> {
    event.preventDefault()
    const missing = this.#route.fields.find(
      ({ name, isRequired }) => isRequired && this.#inputs.get(name)?.value === '',
    )
    if (missing) {
      this.#tell(`${missing.name} is needed.`, false, '')
      this.#inputs.get(missing.name)!.focus()
      return
    }
    const start = performance.now()
    const key = this.#credentials.key()
    this.#status.textContent = 'Asking…'
    try {
      const response = await fetch(this.#target(), {
        method: this.#route.method,
        headers: {
          ...(this.#body && { 'content-type': 'application/json' }),
          ...(key !== '' && { authorization: `Bearer ${key}` }),
        },
        ...(this.#body && { body: this.#body.value }),
      })
      const text = await response.text()
      this.#tell(
        `${response.status} in ${Math.max(1, Math.round(performance.now() - start))} ms`,
        response.ok,
        readable(text),
      )
    } catch {
      this.#tell('No answer: the server has ended, or cannot be reached.', false, '')
    }
  }

  #tell(status: string, isGood: boolean, answer: string): void {
    this.#status.textContent = status
    this.#status.classList.toggle('refused', !isGood)
    this.#answer.textContent = answer
    this.#answer.hidden = answer === ''
  }
}

function bodyBox({ example }: RouteFacts): HTMLTextAreaElement {
  const box = element('textarea', { spellcheck: 'false', autocapitalize: 'off' })
  fill(box, example)
  return box
}

function fill(box: HTMLTextAreaElement, example: object | undefined): void {
  box.value = written(example)
  box.rows = Math.min(10, box.value.split('\n').length)
}

function written(example: object | undefined): string {
  return JSON.stringify(example ?? {}, undefined, 2)
}

const usual: Readonly<Record<string, string>> = { prefix: 'a' }

function inputOf(_: RouteFacts, { name, schema, isRequired }: RouteField): HTMLInputElement {
  const input = element('input', {
    type: schema.type === 'integer' ? 'number' : 'text',
    required: isRequired,
    placeholder: schema.default === undefined ? '' : String(schema.default),
    autocapitalize: 'off',
    spellcheck: 'false',
  })
  if (isRequired) input.value = usual[name] ?? ''
  return input
}

function fieldList(fields: readonly RouteField[]): HTMLElement {
  const rows = fields.flatMap(({ name, schema, isRequired }) => [
    element(
      'dt',
      {},
      element('code', {}, name),
      isRequired && element('span', { class: 'needed' }, ' needed'),
    ),
    element('dd', {}, `${capital(schema.description ?? '')}: ${kindOf(schema)}`),
  ])
  return element('details', {}, element('summary', {}, 'Fields'), element('dl', {}, ...rows))
}

function kindOf(schema: FieldSchema): string {
  const { type, items, anyOf } = schema
  const kind = anyOf
    ? anyOf.map(kindOf).join(' or ')
    : schema.enum
      ? schema.enum.join(', ')
      : type === 'array'
        ? `an array of ${items ? kindOf(items) : 'values'}`
        : ({
            integer: 'a whole number',
            number: 'a number',
            boolean: 'true or false',
            string: 'text',
            object: 'an object',
          }[type ?? ''] ?? 'any value')
  return schema.default === undefined ? kind : `${kind}; ${JSON.stringify(schema.default)} if not given`
}

function compact(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return text
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
