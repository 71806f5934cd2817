import { element } from '../element.js'
import { figure } from '../figure.js'
import type { MapModel } from './map-model.js'
import type { MapStages } from './map-stages.js'
import { folded, type PanelPart } from './panel.js'
import type { Analogy } from './state.js'
import { wordBox } from './word-box.js'
import { wordButton } from './word-button.js'

const FIRST = ['man', 'king', 'woman'] as const

/** a is to b as c is to …: three words, and the arrows of their answer on the map. */
export function analogyPart(model: MapModel, stages: MapStages): PanelPart {
  const boxes = ['a', 'b', 'c'].map((label, i) =>
    wordBox(model, { id: `analogy-${label}`, label, placeholder: FIRST[i] }, () => {}),
  )
  const [a, b, c] = boxes.map(box => box.element)
  const form = element(
    'form',
    {
      class: 'analogy',
      onsubmit: event => {
        event.preventDefault()
        void ask(
          boxes.map(box => box.input),
          model,
          stages,
        )
      },
    },
    a,
    element('span', {}, 'is to'),
    b,
    element('span', {}, 'as'),
    c,
    element('span', {}, 'is to …'),
    element('button', { type: 'submit', id: 'ask-analogy' }, 'Ask'),
  )
  const answers = element('div', { id: 'analogy-answers' })
  const part = folded('Analogy', false, form, answers)
  part.id = 'analogy'
  return {
    element: part,
    update: ({ analogy }) => answers.replaceChildren(...(analogy ? answerOf(analogy, model, stages) : [])),
  }
}

async function ask(inputs: readonly HTMLInputElement[], model: MapModel, stages: MapStages): Promise<void> {
  const texts = inputs.map(({ value }, i) => value.trim() || FIRST[i])
  const ids = await Promise.all(texts.map(text => model.find(text)))
  const unknown = texts.find((_, i) => ids[i] === undefined)
  if (unknown !== undefined) return model.failToFind(unknown)
  inputs.forEach((input, i) => {
    input.value = texts[i]
  })
  const [a, b, c] = ids
  if (a !== undefined && b !== undefined && c !== undefined) await stages.visitAnalogy(a, b, c)
}

function answerOf({ answers }: Analogy, model: MapModel, stages: MapStages): HTMLElement[] {
  const answer = (id: number, i: number) =>
    wordButton(
      model,
      stages,
      id,
      element('span', { class: 'similarity' }, figure(answers.similarities[i], 3)),
    )
  return [
    element('ol', { class: 'neighbors' }, ...answers.ids.map((id, i) => element('li', {}, answer(id, i)))),
    element(
      'p',
      { class: 'note' },
      'The words nearest to b − a + c, found in all dimensions. Were the picture true, both arrows would be parallel and equally long.',
    ),
    element(
      'button',
      {
        type: 'button',
        class: 'small',
        id: 'forget-analogy',
        onclick: () => model.change({ analogy: undefined }),
      },
      'Take the arrows away',
    ),
  ]
}
