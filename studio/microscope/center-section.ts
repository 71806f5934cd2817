import { element } from '../element.js'
import { figure, signed } from '../figure.js'
import { abridged, displayed, texMarked, texOperand, texRow, texWord } from '../formula.js'
import { sideOf } from './bar.js'
import { checkedRight, checkLine, checkVerdict } from './check-line.js'
import { CENTER, checkCenter } from './checks.js'
import { type HeatLine, heatMap } from './heat-map.js'
import { button, formulaCard, section, wordMark } from './section.js'
import { type Change, type Reading, readingOf, spelledOut } from './view.js'

/** ∂J/∂v_c: what moves the center word's vector. */
export function centerSection(reading: Reading, change: Change): HTMLElement {
  const { view, center } = reading
  const name = view.specimen.words[center]
  const several = view.looking === 'window'
  return section({
    id: 'center',
    number: 5,
    title: 'The center word moves too',
    prose: [
      several ? 'Each guess adds its part, ' : 'Each word adds its part, its own u times its error, ',
      'and the parts add up to the gradient of ',
      element('b', { class: 'word center' }, name),
      '’s vector v. Going against it, v turns towards the words that were guessed too low and away from those guessed too high.',
    ],
    picture: [
      several ? guessParts(reading) : wordParts(reading, change),
      element('div', { class: 'controls' }, checkButton(reading, change)),
    ],
    formulas: [formulaCard('The gradient of the center vector', gradient(reading))],
  })
}

function wordParts(reading: Reading, change: Change): HTMLElement {
  const { view, pairs } = reading
  const terms = pairs[0]?.terms ?? []
  const lines = terms.map(
    (term): HeatLine => ({
      word: term.word,
      head: [wordMark(reading, term.word)],
      before: [
        [
          element(
            'span',
            { class: `number ${sideOf(term.error)}` },
            figure(term.error, 3, signed(term.error)),
          ),
        ],
      ],
      values: term.centerPart,
      mark: term.word === view.word ? 'chosen' : '',
      choose: () => change(before => spelledOut(before, term.word)),
    }),
  )
  return partsMap(reading, lines, 'error', 'Each word’s part, its error times its vector u')
}

function guessParts(reading: Reading): HTMLElement {
  const { guessed, pairs } = reading
  const lines = pairs.map(
    (pair, j): HeatLine => ({
      word: `guess-${j}`,
      head: [wordMark(reading, guessed[j])],
      before: [[element('span', { class: 'number' }, figure(pair.loss))]],
      values: pair.centerGradient,
    }),
  )
  return partsMap(reading, lines, 'loss', 'Each guess’s part')
}

function partsMap(reading: Reading, parts: readonly HeatLine[], before: string, what: string): HTMLElement {
  const { view, center, inputGradient } = reading
  const total: HeatLine = {
    word: 'sum',
    head: [element('b', {}, 'sum')],
    before: [[]],
    values: inputGradient.get(center),
    mark: 'total',
  }
  return heatMap({
    id: 'center-gradient',
    caption: `${what}, and their sum, the gradient of the loss by the center vector`,
    lines: [...parts, total],
    before: [before],
    dimensions: view.inputVectors[center].length,
    convention: view.convention,
    digits: 3,
  })
}

function checkButton({ view }: Reading, change: Change): HTMLElement {
  const check = view.checks.get(CENTER)
  const label = `Check the sum by finite differences${check ? `: ${checkVerdict(check)}` : ''}`
  return button('check-center', [label], () =>
    change(
      before => ({
        ...before,
        checks: new Map([...before.checks, [CENTER, checkCenter(readingOf(before))]]),
      }),
      after => checkedRight('The gradient of the center vector', after.view.checks.get(CENTER)!),
    ),
  )
}

function gradient(reading: Reading): HTMLElement {
  const { view, center, pairs, inputGradient } = reading
  const { words } = view.specimen
  const left = `\\left(\\frac{\\partial J}{\\partial v_{${texWord(words[center])}}}\\right)^{\\!\\top} =`
  const lines =
    view.looking === 'window'
      ? pairs.map(pair => texRow(pair.centerGradient, 3))
      : (pairs[0]?.terms ?? []).map(({ word, error }) => {
          const factor = texMarked(sideOf(error), texOperand(error))
          return `${factor}\\cdot${texRow(view.outputVectors[word], 2)}`
        })
  const few = abridged(lines, 12, '\\cdots').map((line, i) => `${i === 0 ? '' : '+\\;'}&${line}`)
  return element(
    'div',
    {},
    displayed(general(reading), 'the gradient by the center vector'),
    displayed(
      `\\begin{aligned}&${left}\\\\ ${few.join('\\\\')}\\\\ =\\;&${texRow(inputGradient.get(center)!, 3)}\\end{aligned}`,
      'the gradient by the center vector with its numbers',
    ),
    checkLine(view.checks.get(CENTER)),
  )
}

function general({ view }: Reading): string {
  const derivative = '\\frac{\\partial J}{\\partial v_c}'
  if (view.looking === 'window')
    return `\\frac{\\partial J_{\\text{sg}}}{\\partial v_c} = \\sum_{j} \\frac{\\partial J(v_c, w_{t+j}, U)}{\\partial v_c}`
  if (view.objective === 'naive-softmax')
    return `${derivative} = ${view.convention === 'rows' ? 'U^{\\top}(\\hat y - y)' : 'U(\\hat y - y)'} = \\sum_w (\\hat y_w - y_w)\\,u_w`
  return `${derivative} = (\\sigma(s_o) - 1)\\,u_o + \\sum_{k=1}^{K} \\sigma(s_{n_k})\\,u_{n_k}`
}
