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
  const { view, center, errors } = reading
  const greatest = Math.max(0, ...[...errors.values()].map(Math.abs))
  return heatMap({
    id: 'output-gradient',
    caption:
      'The gradient of the loss by every word’s vector u: the error of the word times the center vector',
    lines: view.specimen.words.map((_, word) => gradientLine(reading, word, greatest, change)),
    before: ['pull or push'],
    after: ['check'],
    dimensions: view.inputVectors[center].length,
    convention: view.convention,
    digits: 3,
  })
}

function gradientLine(reading: Reading, word: number, greatest: number, change: Change): HeatLine {
  const { view, errors, outputGradient } = reading
  const error = errors.get(word)
  return {
    word,
    head: [wordMark(reading, word)],
    before: [error === undefined ? [] : pullCell(error, greatest)],
    values: outputGradient.get(word),
    after: [[checkButton(view, word, change)]],
    mark: `${word === view.word ? 'chosen' : ''} ${error === undefined ? 'faint' : ''}`,
    choose: () => change(before => spelledOut(before, word)),
  }
}

function checkButton({ specimen, checks }: View, word: number, change: Change): HTMLElement {
  const name = specimen.words[word]
  const check = checks.get(String(word))
  const verdict = check && checkVerdict(check)
  return button(
    `check-${word}`,
    [verdict ?? 'Δ'],
    () =>
      change(
        before => checked(spelledOut(before, word), word),
        after => checkedRight(`the gradient of ${name}`, after.view.checks.get(String(word))!),
      ),
    {
      class: 'small',
      title: `check the gradient of ${name} by finite differences`,
      'aria-label': `${verdict ? `${verdict}, ` : ''}check the gradient of ${name} by finite differences`,
    },
  )
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
  const { view } = reading
  return element(
    'div',
    {},
    displayed(generalGradient(view), 'the gradient by the output vectors'),
    gradientInNumbers(reading),
    checkLine(view.checks.get(String(view.word))),
  )
}

function generalGradient({ objective, convention, looking }: View): string {
  const softmax = objective === 'naive-softmax'
  const several = looking === 'window'
  const error = several ? '\\textstyle\\sum_j(\\hat y - y_j)' : '(\\hat y - y)'
  const factor = softmax ? error : 'g'
  const matrix = convention === 'rows' ? `${factor}\\,v_c^{\\top}` : `v_c\\,${factor}^{\\top}`
  const ofWord = softmax ? (several ? '\\textstyle\\sum_j(\\hat y_w - y_{j,w})' : '(\\hat y_w - y_w)') : 'g_w'
  return `\\frac{\\partial J}{\\partial u_w} = ${ofWord}\\,v_c \\qquad \\frac{\\partial J}{\\partial U} = ${matrix}`
}

/** The gradient of the chosen word, spelled out. */
function gradientInNumbers({ view, center, errors, outputGradient }: Reading): HTMLElement {
  const { word, inputVectors } = view
  const name = view.specimen.words[word]
  const derivative = `\\frac{\\partial J}{\\partial u_{${texWord(name)}}}`
  const error = errors.get(word)
  const gradient = outputGradient.get(word)
  if (error === undefined || gradient === undefined)
    return displayed(`${derivative} = 0`, `the gradient of ${name}, which is zero`)
  const rows = view.convention === 'rows'
  const shown = rows ? texRow : texColumn
  const product = `${texMarked(sideOf(error), texOperand(error))}\\cdot${shown(inputVectors[center], 2)}`
  return displayed(
    rows
      ? `\\begin{aligned}&\\left(${derivative}\\right)^{\\top}\\\\&= ${product}\\\\&= ${shown(gradient, 3)}\\end{aligned}`
      : `${derivative} = ${product} = ${shown(gradient, 3)}`,
    `the gradient of ${name} with its numbers`,
  )
}
