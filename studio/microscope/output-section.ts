import { type Child, element, spoken } from '../element.js'
import { figure, signed } from '../figure.js'
import { displayed, texColumn, texMarked, texOperand, texRow, texWord } from '../formula.js'
import { pullBar, sideOf } from './bar.js'
import { checkedRight, checkLine, checkVerdict } from './check-line.js'
import { checkOutput } from './checks.js'
import { type HeatLine, heatMap } from './heat-map.js'
import { button, formulaCard, section, wordMark } from './section.js'
import { type Change, type Reading, readingOf, spelledOut, type View } from './view.js'

/** ∂J/∂U: what pulls and pushes every output vector. */
export function outputSection(reading: Reading, change: Change): HTMLElement {
  const { view, center, outputGradient } = reading
  const name = view.specimen.words[center]
  const untouched = view.specimen.words.length - outputGradient.size
  return section({
    id: 'outputs',
    number: 4,
    title: 'Errors pull and push',
    prose: [
      'Every neighbour vector u moves along the center vector v of ',
      element('b', { class: 'word center' }, name),
      ': an error below zero ',
      element('b', { class: 'pull' }, 'pulls'),
      ' it closer, one above zero ',
      element('b', { class: 'push' }, 'pushes'),
      ' it away, as strongly as the error is large. Error times v is the gradient of that word’s row; a step goes against it.',
      ...(untouched > 0
        ? [
            ` ${untouched} of ${view.specimen.words.length} words are not touched at all: that is why negative sampling is cheap.`,
          ]
        : []),
    ],
    picture: [gradientMap(reading, change), checkAll(reading, change)],
    formulas: [formulaCard('The gradient of one word’s vector', gradientOfWord(reading))],
  })
}

function gradientMap(reading: Reading, change: Change): HTMLElement {
  const { view, center, errors, outputGradient } = reading
  const greatest = Math.max(0, ...[...errors.values()].map(Math.abs))
  const lines = view.specimen.words.map((name, word): HeatLine => {
    const error = errors.get(word)
    const check = view.checks.get(String(word))
    const press = button(
      `check-${word}`,
      check ? [checkVerdict(check)] : ['check'],
      () =>
        change(
          before => checked(spelledOut(before, word), word),
          after => checkedRight(`the gradient of ${name}`, after.view.checks.get(String(word))!),
        ),
      {
        class: 'small',
        'aria-label': `${check ? `${checkVerdict(check)}, ` : ''}check the gradient of ${name} by finite differences`,
      },
    )
    return {
      word,
      head: [wordMark(reading, word)],
      before: [error === undefined ? [] : pullCell(error, greatest)],
      values: outputGradient.get(word),
      after: [[press]],
      mark: `${word === view.word ? 'chosen' : ''} ${error === undefined ? 'faint' : ''}`,
      choose: () => change(before => spelledOut(before, word)),
    }
  })
  return heatMap({
    id: 'output-gradient',
    caption:
      'The gradient of the loss by every word’s vector u: the error of the word times the center vector',
    lines,
    before: ['pull or push'],
    after: ['by calculus'],
    dimensions: view.inputVectors[center].length,
    convention: view.convention,
    digits: 3,
  })
}

function pullCell(error: number, greatest: number): Child[] {
  const side = sideOf(error)
  return [
    element(
      'span',
      { class: `pulling ${side}` },
      spoken(`${side} `),
      element('span', { class: 'arrow', 'aria-hidden': 'true' }, side === 'pull' ? '◀' : '▶'),
      pullBar(error, greatest),
      figure(error, 2, signed(error, 2)),
    ),
  ]
}

function checkAll({ view }: Reading, change: Change): HTMLElement {
  const words = view.specimen.words.map((_, word) => word)
  const done = words.every(word => view.checks.has(String(word)))
  return element(
    'div',
    { class: 'controls' },
    button('check-all', ['Check every row by finite differences'], () =>
      change(
        before => words.reduce(checked, before),
        after => {
          const greatest = Math.max(...words.map(word => after.view.checks.get(String(word))!.largestError))
          return `All rows checked; the largest difference is ${greatest.toExponential(1)}.`
        },
      ),
    ),
    done && element('span', { class: 'note' }, 'Calculus agrees with the formula.'),
  )
}

/** The view with the row of one word compared with central differences. */
function checked(view: View, word: number): View {
  const result = checkOutput(readingOf(view), word)
  return { ...view, checks: new Map([...view.checks, [String(word), result]]) }
}

function gradientOfWord(reading: Reading): HTMLElement {
  const { view, center, errors, outputGradient } = reading
  const { words } = view.specimen
  const { word } = view
  const softmax = view.objective === 'naive-softmax'
  const rows = view.convention === 'rows'
  const several = view.looking === 'window'
  const error = several ? '\\textstyle\\sum_j(\\hat y - y_j)' : '(\\hat y - y)'
  const factor = softmax ? error : 'g'
  const matrix = rows ? `${factor}\\,v_c^{\\top}` : `v_c\\,${factor}^{\\top}`
  const ofWord = softmax ? (several ? '\\textstyle\\sum_j(\\hat y_w - y_{j,w})' : '(\\hat y_w - y_w)') : 'g_w'
  const general = displayed(
    `\\frac{\\partial J}{\\partial u_w} = ${ofWord}\\,v_c \\qquad \\frac{\\partial J}{\\partial U} = ${matrix}`,
    'the gradient by the output vectors',
  )
  const name = texWord(words[word])
  const value = errors.get(word)
  const gradient = outputGradient.get(word)
  if (value === undefined || gradient === undefined)
    return element(
      'div',
      {},
      general,
      displayed(
        `\\frac{\\partial J}{\\partial u_{${name}}} = 0`,
        `the gradient of ${words[word]}, which is zero`,
      ),
      checkLine(view.checks.get(String(word))),
    )
  const tall = (values: ArrayLike<number>, digits: number) =>
    rows ? texRow(values, digits) : texColumn(values, digits)
  const transposed = rows ? '^{\\top}' : ''
  const numbers = `${texMarked(sideOf(value), texOperand(value))}\\cdot${tall(view.inputVectors[center], 2)}`
  const left = `\\left(\\frac{\\partial J}{\\partial u_{${name}}}\\right)${transposed}`
  return element(
    'div',
    {},
    general,
    displayed(
      rows
        ? `\\begin{aligned}&${left}\\\\&= ${numbers}\\\\&= ${tall(gradient, 3)}\\end{aligned}`
        : `\\frac{\\partial J}{\\partial u_{${name}}} = ${numbers} = ${tall(gradient, 3)}`,
      `the gradient of ${words[word]} with its numbers`,
    ),
    checkLine(view.checks.get(String(word))),
  )
}
