import { element } from '../element.js'
import { digitsApart, figure, shown } from '../figure.js'
import { button } from './section.js'
import { type Change, descended, type Reading, restarted, type View } from './view.js'

const learningRates = [0.01, 0.05, 0.1, 0.25, 0.5, 1]

/** The bar that stays at the bottom of the window: the loss, and the steps that lower it. */
export function learningBar(reading: Reading, change: Change): HTMLElement {
  const { view, loss } = reading
  const before = view.losses.at(-2)
  const digits = digitsApart(before ?? loss, loss)
  const take = (steps: number) => () => change(now => descended(now, steps), announceStep)
  return element(
    'div',
    { class: 'learning-bar', role: 'region', 'aria-label': 'Learning' },
    element(
      'p',
      { class: 'now' },
      element('span', { class: 'caption' }, view.looking === 'window' ? 'loss of the window' : 'loss'),
      element('b', {}, figure(loss, digits)),
      before !== undefined &&
        element('span', { class: 'was' }, ` was ${shown(before, digits)}, step ${view.steps}`),
    ),
    rateField(view.learningRate, change),
    element(
      'div',
      { class: 'steps' },
      button('step', ['Take a step'], take(1), { class: 'main' }),
      button('ten-steps', ['10 steps'], take(10)),
      button(
        'restart',
        ['Start over'],
        () => change(restarted, after => `Back to the first vectors. Loss ${after.loss.toFixed(3)}.`),
        // Not `disabled`, which would take the focus from who has just pressed it.
        { 'aria-disabled': String(!hasLearned(view)) },
      ),
    ),
  )
}

/** Whether any step was taken, for this guess or another. */
function hasLearned({ specimen, inputVectors }: View): boolean {
  return inputVectors !== specimen.inputVectors
}

/** What a step did to the loss. */
function announceStep({ view, loss }: Reading): string {
  const before = view.losses.at(-2)!
  const digits = digitsApart(before, loss)
  return `Step ${view.steps}: the loss went from ${shown(before, digits)} to ${shown(loss, digits)}.`
}

function rateField(present: number, change: Change): HTMLElement {
  return element(
    'label',
    { class: 'field' },
    'learning rate ',
    element(
      'select',
      {
        id: 'learning-rate',
        onchange: event => {
          const learningRate = Number((event.target as HTMLSelectElement).value)
          change(
            view => ({ ...view, learningRate }),
            () => `Learning rate ${learningRate}`,
          )
        },
      },
      ...learningRates.map(rate =>
        element('option', { value: rate, selected: rate === present }, String(rate)),
      ),
    ),
  )
}
