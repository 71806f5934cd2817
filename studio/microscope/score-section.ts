import type { WordTerm } from 'wordloom/equations'
import { element } from '../element.js'
import { figure } from '../figure.js'
import { displayed, texLines, texNumber, texOperand, texWord } from '../formula.js'
import { pullBar } from './bar.js'
import { type HeatLine, heatMap } from './heat-map.js'
import { formulaCard, radio, roleOf, section } from './section.js'
import { type Change, type Reading, spelledOut } from './view.js'

/** U beside v_c, and every dot product. */
export function scoreSection(reading: Reading, change: Change): HTMLElement {
  const { view, center } = reading
  const name = view.specimen.words[center]
  return section({
    id: 'scores',
    number: 2,
    title: 'Every match gets a score',
    prose: [
      'Each word has two vectors: ',
      element('i', {}, 'v'),
      ' when it is the center, ',
      element('i', {}, 'u'),
      ' when it is a neighbour. Multiply ',
      element('b', { class: 'word center' }, name),
      '’s v with a word’s u, number by number, and add up: that is the score. The higher, the more the model expects that word.',
      ...(view.objective === 'negative-sampling'
        ? [' Negative sampling looks only at the neighbour and the noise words; the rest is left alone.']
        : []),
    ],
    picture: [
      scoreMap(reading, change),
      element('p', { class: 'note' }, 'Choose any word to have its numbers spelled out in the formulas.'),
    ],
    formulas: [formulaCard('One score, spelled out', dotProduct(reading))],
  })
}

/** The terms of the guess by word; with several guesses, those of the first in which a word occurs. */
export function termsByWord({ pairs }: Reading): Map<number, WordTerm> {
  return new Map(pairs.flatMap(pair => pair.terms.map(term => [term.word, term] as const)).reverse())
}

function scoreMap(reading: Reading, change: Change): HTMLElement {
  const { view, center } = reading
  const { specimen, inputVectors, convention } = view
  const terms = termsByWord(reading)
  const greatest = [...terms.values()].reduce((most, { score }) => Math.max(most, Math.abs(score)), 0)
  const centerLine: HeatLine = {
    word: 'center',
    head: [
      element('b', { class: 'word center' }, specimen.words[center]),
      element('i', { class: 'letter' }, 'v'),
    ],
    values: inputVectors[center],
    after: [[]],
    mark: 'center-line',
  }
  const lines = specimen.words.map((_, id) => scoreLine(reading, id, terms.get(id), greatest, change))
  return heatMap({
    id: 'output-vectors',
    caption: `The center word’s vector v, then each word’s vector u with its score. Choose a word to see its numbers in the formulas.`,
    lines: [centerLine, ...lines],
    after: ['score'],
    dimensions: inputVectors[center].length,
    convention,
  })
}

function scoreLine(
  reading: Reading,
  id: number,
  term: WordTerm | undefined,
  greatest: number,
  change: Change,
): HeatLine {
  const { specimen, outputVectors, word } = reading.view
  const choice = { value: id, label: [specimen.words[id]], mark: `as-head ${roleOf(reading, id)}` }
  const choose = (chosen: number) => change(before => spelledOut(before, chosen))
  return {
    word: id,
    head: [radio('word', choice, word, choose), element('i', { class: 'letter' }, 'u')],
    values: outputVectors[id],
    after: [
      term
        ? [pullBar(term.score, greatest), ' ', figure(term.score)]
        : [element('span', { class: 'untouched', title: 'not computed' }, 'not needed')],
    ],
    mark: `${id === word ? 'chosen' : ''} ${term ? '' : 'faint'}`,
    choose: () => choose(id),
  }
}

function dotProduct(reading: Reading): HTMLElement {
  const { view, center } = reading
  const { specimen, word } = view
  const [u, v] = [`u_{${texWord(specimen.words[word])}}`, `v_{${texWord(specimen.words[center])}}`]
  const term = termsByWord(reading).get(word)
  const all = view.convention === 'rows' ? 's = U\\,v_c' : 's = U^{\\top} v_c'
  const general = `s_w = u_w^{\\top} v_c \\qquad ${all}`
  if (!term)
    return element(
      'div',
      {},
      displayed(general, 'the score of a word'),
      element(
        'p',
        { class: 'note' },
        `“${specimen.words[word]}” is not part of this guess, so its score is not needed.`,
      ),
    )
  const products = Array.from(
    term.products,
    (_, i) =>
      `${texOperand(view.outputVectors[word][i], 2)}\\cdot${texOperand(view.inputVectors[center][i], 2)}`,
  )
  const shownProducts =
    products.length > 12 ? [...products.slice(0, 8), '\\cdots', products.at(-1)!] : products
  return element(
    'div',
    {},
    displayed(general, 'the score of a word'),
    displayed(
      `\\begin{aligned}${u}^{\\top} ${v} &= ${texLines(shownProducts, 2)}\\\\&= \\mathbf{${texNumber(term.score)}}\\end{aligned}`,
      `the score of ${specimen.words[word]} with its numbers`,
    ),
  )
}
