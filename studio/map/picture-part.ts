import { element } from '../element.js'
import { figure } from '../figure.js'
import { displayed } from '../formula.js'
import type { MapModel } from './map-model.js'
import { choices, folded, type PanelPart } from './panel.js'
import type { PictureKind } from './protocol.js'
import type { MapState } from './state.js'

const SIZES = [1000, 2000, 5000, 10_000, 20_000]

/** Which picture is drawn, how its making goes, and how far it can be believed. */
export function picturePart(model: MapModel): PanelPart {
  const kinds = choices<PictureKind>(
    'picture',
    'How words are laid out',
    { pca: 'Main axes', umap: 'Neighbours' },
    picture => void model.usePicture(picture),
  )
  const mapped = element('select', {
    id: 'mapped',
    onchange: () => void model.useMapped(Number(mapped.value)),
  })
  const size = element('label', { class: 'field' }, 'laid out: the ', mapped, ' most frequent words')
  const says = element('p', { class: 'note', id: 'picture-says' })
  const trust = element('div', { id: 'trust' })
  const part = folded('Picture', true, kinds.element, size, says, trust, explanation())
  part.id = 'picture'
  return {
    element: part,
    update: state => {
      kinds.set(state.picture)
      size.hidden = state.picture !== 'umap' || !state.words
      fillSizes(mapped, state)
      says.textContent = pictureSays(state)
      trust.replaceChildren(...trustOf(state))
    },
  }
}

function explanation(): HTMLElement {
  return element(
    'details',
    { class: 'explained' },
    element('summary', {}, 'How it is measured'),
    displayed(
      'T(k)=1-\\frac{2}{nk(2n-3k-1)}\\sum_{i=1}^{n}\\ \\sum_{j\\in U_k(i)}\\bigl(r(i,j)-k\\bigr)',
      'Trustworthiness of a projection',
    ),
    element(
      'p',
      { class: 'note' },
      'U are the words among the k nearest of word i in the picture that are not among its k nearest in all dimensions; r is the place they have there. A stranger drawn beside a word costs the more, the farther off it truly is. 1 is a picture without strangers; chance gives about 0.5 (Venna and Kaski 2001). With many words the outer sum runs over a sample drawn with a fixed seed, each word of it against all.',
    ),
  )
}

function fillSizes(select: HTMLSelectElement, { words, mapped }: MapState): void {
  const all = words?.size ?? 0
  const sizes = [...new Set([...SIZES.filter(size => size < all), Math.min(all, 20_000)])]
  if (select.childElementCount === sizes.length && select.value === String(mapped)) return
  select.replaceChildren(
    ...sizes.map(size =>
      element(
        'option',
        { value: size, selected: size === mapped },
        size === all ? `all ${size.toLocaleString('en')}` : size.toLocaleString('en'),
      ),
    ),
  )
}

function pictureSays({ picture, flat, layout, words, passing }: MapState): string {
  if (!words) return ''
  if (picture === 'pca')
    return flat
      ? `The two directions in which the words differ most (PCA). They hold ${Math.round(100 * flat.explained)} % of all differences; the other ${Math.round(100 * (1 - flat.explained))} % are not to be seen.`
      : ''
  if (passing) return 'UMAP moves words until true neighbours stand together. You see it at work.'
  if (!layout) return ''
  const rest = words.size - layout.of
  return `UMAP: true neighbours stand together; how far groups are apart, and how large they are, means little.${rest > 0 ? ` The ${layout.of.toLocaleString('en')} most frequent words are laid out, the other ${rest.toLocaleString('en')} stand by their nearest words among those.` : ''}`
}

function trustOf({ trust, words }: MapState): HTMLElement[] {
  if (!words) return []
  if (!trust) return []
  return [
    element(
      'p',
      { class: 'trust' },
      element('span', { class: 'great' }, figure(trust.value, 3)),
      element(
        'span',
        {},
        element('b', {}, 'trustworthiness'),
        ` of 1, k = ${trust.k}. ${percent(trust.kept)} of a word’s ten true neighbours are among the ten that stand nearest to it${trust.asked < trust.size ? ` (${trust.asked.toLocaleString('en')} words asked, each against all ${trust.size.toLocaleString('en')})` : ''}.`,
      ),
    ),
  ]
}

function percent(part: number): string {
  return `${(100 * part).toFixed(part < 0.1 ? 1 : 0)} %`
}
