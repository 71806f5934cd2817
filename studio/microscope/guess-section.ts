import type { WordTerm } from 'wordloom/equations'
import { type Child, element } from '../element.js'
import { figure, signed } from '../figure.js'
import { displayed, texLines, texMarked, texNumber, texOperand, texWord } from '../formula.js'
import { bar, pullBar, sideOf } from './bar.js'
import { scrolling } from './heat-map.js'
import { termsByWord } from './score-section.js'
import { formulaCard, section, wordMark } from './section.js'
import { type Change, type Reading, spelledOut, type View } from './view.js'

/** ŷ or σ, y, and the errors between them. */
export function guessSection(reading: Reading, change: Change): HTMLElement {
  const { view } = reading
  const softmax = view.objective === 'naive-softmax'
  return section({
    id: 'guess',
    number: 3,
    title: softmax ? 'Scores become one guess' : 'Scores become yes-or-no guesses',
    prose: [
      softmax
        ? 'Softmax turns the scores into probabilities, the bars: they are positive and add up to 1. The truth is 1 for the real neighbour and 0 for all other words. '
        : 'The sigmoid turns each score by itself into a probability, the bars: is this a real neighbour? The truth is 1 for the neighbour and 0 for the noise words. ',
      element('b', {}, 'The error is guess minus truth'),
      ', and everything that follows is made of it.',
      ...(view.looking === 'window'
        ? [' With several neighbours at once, the errors of all guesses are added.']
        : []),
    ],
    picture: [guessTable(reading, change), shareOut(reading)],
    formulas: [formulaCard(softmax ? 'Softmax' : 'Sigmoid', probability(reading), errorLine(reading))],
  })
}

function guessTable(reading: Reading, change: Change): HTMLElement {
  const { view, errors, pairs } = reading
  const single = view.looking !== 'window'
  const terms = termsByWord(reading)
  const greatest = Math.max(...[...errors.values()].map(Math.abs), single ? 1 : pairs.length)
  const rows = [...errors].map(([word, error]) =>
    element(
      'tr',
      {
        class: word === view.word ? 'chosen' : undefined,
        'data-word': word,
        onclick: () => change(before => spelledOut(before, word)),
      },
      ...guessCells(reading, terms.get(word)!, error, greatest),
    ),
  )
  const caption = 'For each word the guess, the truth, and the error'
  const table = element(
    'table',
    { id: 'guesses', class: 'bars' },
    element('caption', {}, element('span', { class: 'spoken' }, caption)),
    element('thead', {}, guessHeads(view)),
    element('tbody', {}, ...rows),
  )
  return scrolling('guesses-scroll', caption, table)
}

function guessCells(reading: Reading, term: WordTerm, error: number, greatest: number): Child[] {
  const { word, probability, observed } = term
  return [
    element('th', { scope: 'row' }, wordMark(reading, word), drawnCount(reading, word)),
    element('td', { class: 'wide' }, bar(probability, sideOf(term.error))),
    element('td', { class: 'number' }, figure(probability)),
    reading.view.looking !== 'window' && element('td', { class: 'number truth' }, String(observed)),
    element('td', { class: 'wide' }, pullBar(error, greatest)),
    element('td', { class: `number error ${sideOf(error)}` }, figure(error, 3, signed(error))),
  ]
}

function guessHeads({ objective, looking }: View): HTMLElement {
  const softmax = objective === 'naive-softmax'
  const single = looking !== 'window'
  const error = softmax ? 'error ŷ − y' : 'error'
  return element(
    'tr',
    {},
    element('td', {}),
    element('th', { scope: 'col', colspan: 2 }, softmax ? 'guess ŷ' : 'guess σ(s)'),
    single && element('th', { scope: 'col', class: 'number' }, 'truth y'),
    element('th', { scope: 'col', colspan: 2, class: 'error-heading' }, single ? error : 'errors, added'),
  )
}

function drawnCount({ view, pairs }: Reading, word: number): Child {
  if (view.looking === 'window') return undefined
  const drawn = pairs[0]?.terms.find(term => term.word === word)?.timesDrawn ?? 0
  return drawn > 1 && element('span', { class: 'count' }, ` × ${drawn}`)
}

/** What pulls and what pushes, in words. */
function shareOut({ view, guessed, errors }: Reading): HTMLElement {
  const names = [...new Set(guessed)].filter(word => errors.get(word)! < 0)
  const pulled = names.map(word => view.specimen.words[word]).join(', ')
  return element(
    'p',
    { class: 'note legend' },
    element('span', { class: 'key pull' }, '◀ pull'),
    pulled === ''
      ? ' below zero: guessed too low.'
      : ` below zero: guessed too low (${pulled}), to be pulled closer. `,
    element('span', { class: 'key push' }, 'push ▶'),
    ' above zero: guessed too high, to be pushed away.',
  )
}

function probability(reading: Reading): HTMLElement {
  const { view, pairs } = reading
  const term = termsByWord(reading).get(view.word)
  const name = texWord(view.specimen.words[view.word])
  if (view.objective === 'negative-sampling')
    return element(
      'div',
      {},
      displayed('\\sigma(s) = \\frac{1}{1+e^{-s}}', 'the sigmoid'),
      term &&
        displayed(
          `\\sigma(s_{${name}}) = \\frac{1}{1+e^{${texNumber(-term.score)}}} = \\mathbf{${texNumber(term.probability)}}`,
          `the sigmoid of the score of ${view.specimen.words[view.word]}`,
        ),
    )
  const [pair] = pairs
  if (!pair || !term) return element('div')
  const exponentials = pair.terms.map(({ score }) => `e^{${texNumber(score, 2)}}`)
  const some = exponentials.length > 12 ? [...exponentials.slice(0, 7), '\\cdots'] : exponentials
  return element(
    'div',
    {},
    displayed('\\hat y_w = \\frac{e^{s_w}}{\\sum_x e^{s_x}}', 'softmax'),
    displayed(
      `\\begin{aligned}\\log\\textstyle\\sum_x e^{s_x} &= \\log\\,(${texLines(some, 4)})\\\\&= ${texNumber(pair.logTotal!)}\\end{aligned}`,
      'the logarithm of the sum of all exponentials',
    ),
    displayed(
      `\\hat y_{${name}} = e^{${texNumber(term.score)} \\,-\\, ${texOperand(pair.logTotal!)}} = \\mathbf{${texNumber(term.probability)}}`,
      `the probability of ${view.specimen.words[view.word]}`,
    ),
  )
}

/** The error of the chosen word with its numbers. */
function errorLine(reading: Reading): HTMLElement {
  const { view, pairs } = reading
  const term = termsByWord(reading).get(view.word)
  if (!term || view.looking === 'window' || pairs.length === 0) return element('div')
  const name = texWord(view.specimen.words[view.word])
  const value = texMarked(sideOf(term.error), `\\mathbf{${texNumber(term.error)}}`)
  const label = `the error of ${view.specimen.words[view.word]}`
  if (view.objective === 'naive-softmax')
    return displayed(
      `\\hat y_{${name}} - y_{${name}} = ${texNumber(term.probability)} - ${term.observed} = ${value}`,
      label,
    )
  const parts = [
    ...(term.observed ? [`(${texNumber(term.probability)} - 1)`] : []),
    ...(term.timesDrawn ? [`${term.timesDrawn}\\cdot ${texNumber(term.probability)}`] : []),
  ]
  return element(
    'div',
    {},
    displayed(
      'g_w = y_w\\,(\\sigma(s_w) - 1) + c_w\\,\\sigma(s_w)',
      'the error: y is 1 for the neighbour, c is how often the word was drawn',
    ),
    displayed(`g_{${name}} = ${parts.join(' + ')} = ${value}`, label),
  )
}
