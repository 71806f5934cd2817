import { element } from '../element.js'
import { routesIn } from './description.js'
import { RouteCard } from './route-card.js'

interface Model {
  readonly id: string
  readonly words: number
  readonly dimensions: number
}

const key = element('input', { type: 'password', id: 'key', autocomplete: 'off' })
const models = document.querySelector('#models')!
const main = document.querySelector('#routes')!

void show()

async function show(): Promise<void> {
  const description = await (await fetch('openapi.json')).json()
  const cards = routesIn(description).map(route => new RouteCard(route, () => key.value))
  main.append(...cards.map(card => card.element))
  key.addEventListener('input', () => {
    for (const card of cards) card.tellCurl()
  })
  key.addEventListener('change', () => void showModels())
  await showModels()
}

/** The models, or a field for the key without which they are not told. */
async function showModels(): Promise<void> {
  const headers = key.value === '' ? {} : { authorization: `Bearer ${key.value}` }
  const response = await fetch('v1/models', { headers })
  if (response.status === 401) {
    models.replaceChildren(
      element('label', { for: 'key' }, 'Key'),
      key,
      element('p', {}, 'This server has keys; the forms need one.'),
    )
    return
  }
  const { data } = (await response.json()) as { data?: readonly Model[] }
  const items = (data ?? []).map(({ id, words, dimensions }) =>
    element('li', {}, element('strong', {}, id), ` ${words.toLocaleString('en')} words × ${dimensions}`),
  )
  models.replaceChildren(element('ul', {}, ...items))
}
