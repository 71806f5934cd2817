import { element } from '../element.js'
import { routesIn } from './description.js'
import { type OfferedModel, RouteCard } from './route-card.js'

interface Model extends OfferedModel {
  /** Of word vectors. */
  readonly words?: number
  /** Of a classifier. */
  readonly labels?: number
  readonly dimensions: number
}

const key = element('input', { type: 'password', id: 'key', autocomplete: 'off' })
const models = document.querySelector('#models')!
let hasKeys = false
const main = document.querySelector('#routes')!

void show()

async function show(): Promise<void> {
  const description = await (await fetch('openapi.json')).json()
  const credentials = { key: () => key.value, isAsked: () => hasKeys }
  const cards = routesIn(description).map(route => new RouteCard(route, credentials))
  main.append(...cards.map(card => card.element))
  key.addEventListener('input', () => {
    for (const card of cards) card.tellCurl()
  })
  key.addEventListener('change', () => void showModels(cards))
  await showModels(cards)
}

/** The models, or a field for the key without which they are not told. */
async function showModels(cards: readonly RouteCard[]): Promise<void> {
  const headers = key.value === '' ? {} : { authorization: `Bearer ${key.value}` }
  const response = await fetch('v1/models', { headers })
  if (response.status === 401) {
    hasKeys = true
    for (const card of cards) card.tellCurl()
    models.replaceChildren(
      element('label', { for: 'key' }, 'Key'),
      key,
      element('p', {}, 'This server has keys; the forms need one.'),
    )
    return
  }
  const { data } = (await response.json()) as { data?: readonly Model[] }
  for (const card of cards) card.offer(data ?? [])
  const items = (data ?? []).map(model =>
    element('li', {}, element('strong', {}, model.id), ` ${sizeOf(model)} × ${model.dimensions}`),
  )
  models.replaceChildren(element('ul', {}, ...items))
}

function sizeOf({ words, labels }: Model): string {
  return words === undefined
    ? `classifier of ${(labels ?? 0).toLocaleString('en')} labels`
    : `${words.toLocaleString('en')} words`
}
