import { type Child, element } from '../element.js'
import type { MapState } from './state.js'

/** A part of the panel: made once, and brought up to date after each change. */
export interface PanelPart {
  readonly element: HTMLElement
  update(state: MapState): void
  /** Gives up what it listens to outside of itself. */
  close?(): void
}

/** A part that can be folded away, with its heading. */
export function folded(title: string, isOpen: boolean, ...content: readonly Child[]): HTMLDetailsElement {
  return element(
    'details',
    { class: 'part', open: isOpen },
    element('summary', {}, element('h2', {}, title)),
    element('div', { class: 'part-content' }, ...content),
  )
}

/** A file picker that looks like a button; choosing the same file twice counts twice. */
export function filePicker(
  id: string,
  label: string,
  open: (file: File) => void,
  accept?: string,
): HTMLElement {
  const input = element('input', {
    id,
    type: 'file',
    accept,
    class: 'spoken',
    onchange: () => {
      const [file] = input.files ?? []
      if (file) open(file)
      input.value = ''
    },
  })
  return element('span', { class: 'picker' }, input, element('label', { for: id }, label))
}

/** A few radio buttons in a row that look like one control. */
export function choices<Value extends string>(
  name: string,
  legend: string,
  values: Readonly<Record<Value, string>>,
  choose: (value: Value) => void,
): { readonly element: HTMLElement; set(value: Value): void } {
  const inputs = (Object.keys(values) as Value[]).map(value =>
    element('input', { type: 'radio', name, id: `${name}-${value}`, value, onchange: () => choose(value) }),
  )
  return {
    element: element(
      'fieldset',
      { class: 'segments' },
      element('legend', { class: 'spoken' }, legend),
      ...inputs.map(input =>
        element('label', { class: 'segment' }, input, element('span', {}, values[input.value as Value])),
      ),
    ),
    set: value => {
      for (const input of inputs) input.checked = input.value === value
    },
  }
}
