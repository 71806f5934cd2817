import { type Child, element } from '../element.js'
import type { Reading } from './view.js'

/** A part of the story: a heading, what it says in plain words, the picture, and the formulas. */
export interface SectionParts {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly prose: readonly Child[]
  readonly picture: readonly Child[]
  readonly formulas?: readonly HTMLElement[]
}

export function section({ id, number, title, prose, picture, formulas = [] }: SectionParts): HTMLElement {
  return element(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    element(
      'header',
      {},
      element(
        'h2',
        { id: `${id}-title` },
        element('span', { class: 'number', 'aria-hidden': 'true' }, String(number)),
        title,
      ),
      element('p', { class: 'prose' }, ...prose),
    ),
    element(
      'div',
      { class: formulas.length > 0 ? 'plate with-formulas' : 'plate' },
      element('div', { class: 'picture' }, ...picture),
      formulas.length > 0 && element('div', { class: 'formulas' }, ...formulas),
    ),
  )
}

/** A heading for a formula, and the formula. */
export function formulaCard(title: string, ...content: readonly Child[]): HTMLElement {
  return element('figure', { class: 'formula-card' }, element('figcaption', {}, title), ...content)
}

/** A word in the colour of what it does in this guess. */
export function wordMark(reading: Reading, word: number): HTMLElement {
  return element(
    'span',
    { class: `word ${roleOf(reading, word)}`, lang: 'zxx' },
    reading.view.specimen.words[word],
  )
}

export type Role = 'center' | 'answer' | 'noise' | 'other'

/** What a word does: it is to be guessed, was drawn as noise, is the center word, or none of these. */
export function roleOf({ view, center, guessed }: Reading, word: number): Role {
  if (guessed.includes(word)) return 'answer'
  if (view.objective === 'negative-sampling' && drawnIn(view, word)) return 'noise'
  return word === center ? 'center' : 'other'
}

function drawnIn({ looking, negatives }: Reading['view'], word: number): boolean {
  return looking === 'window'
    ? negatives.some(list => list.includes(word))
    : (negatives[looking]?.includes(word) ?? false)
}

/** One choice of several, for a keyboard's arrows. */
export interface Choice<Value> {
  readonly value: Value
  readonly label: readonly Child[]
  readonly mark?: string
}

/** Radio buttons that look like words or like one switch. */
export function choices<Value extends string | number>(
  name: string,
  legend: string,
  list: readonly Choice<Value>[],
  present: Value,
  choose: (value: Value) => void,
): HTMLElement {
  return element(
    'fieldset',
    { class: `choices ${name}` },
    element('legend', {}, legend),
    element('div', { class: 'options' }, ...list.map(choice => radio(name, choice, present, choose))),
  )
}

export function radio<Value extends string | number>(
  name: string,
  { value, label, mark = '' }: Choice<Value>,
  present: Value,
  choose: (value: Value) => void,
): HTMLElement {
  const input = element('input', {
    type: 'radio',
    name,
    id: `${name}-${value}`,
    value: String(value),
    checked: value === present,
    onchange: () => choose(value),
  })
  return element('label', { class: `choice ${mark}` }, input, element('span', {}, ...label))
}

export function button(
  id: string,
  label: readonly Child[],
  press: () => void,
  attributes: Readonly<Record<string, string | boolean>> = {},
): HTMLElement {
  return element('button', { type: 'button', id, onclick: press, ...attributes }, ...label)
}

/** Parts of a list with commas between them. */
export function listed(parts: readonly Child[]): Child[] {
  return parts.flatMap((part, i) => (i === 0 ? [part] : [i === parts.length - 1 ? ' and ' : ', ', part]))
}
