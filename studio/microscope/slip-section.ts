import { differenceOf, type Example, type Statement, statements, type Value } from 'wordloom/solution'
import { type Child, element } from '../element.js'
import { figure, shown } from '../figure.js'
import { displayed } from '../formula.js'
import { scrolling } from './heat-map.js'
import { termsByWord } from './score-section.js'
import { choices, section } from './section.js'
import type { Change, Reading } from './view.js'

/** Lines with a slip, or with a condition that they do not name; the others are right and have nothing to find. */
const doubtful = statements.filter(({ verdict }) => verdict !== 'right')

/** So much of a matrix is shown. */
const MOST_SHOWN = 6

/** Wrong lines of a worked solution beside the right ones, with the numbers that each gives here. */
export function slipSection(reading: Reading, change: Change): HTMLElement {
  const { view } = reading
  const statement = doubtful.find(({ id }) => id === view.statement) ?? doubtful[0]
  return section({
    id: 'slips',
    number: 7,
    title: 'Find the slip',
    prose: [
      'These lines stand in a real worked solution of a university’s word2vec assignment. Each looks right; most are not, or only under a condition. Computed to the letter with ',
      element('em', {}, 'your'),
      ' numbers, the slip shows.',
    ],
    picture: [
      choices(
        'statement',
        'Line of the solution',
        doubtful.map(({ id, verdict }) => ({ value: id, label: [id], mark: verdict })),
        statement.id,
        id =>
          change(
            before => ({ ...before, statement: id }),
            () => `Line ${id}`,
          ),
      ),
      element(
        'p',
        { class: 'note' },
        'Solid edge: a slip. Dashed edge: right, but only under a condition that the line does not name.',
      ),
      statementCard(reading, statement),
    ],
  })
}

function statementCard(reading: Reading, statement: Statement): HTMLElement {
  const { view, guessed } = reading
  const { says, written, right, rightInColumns, why, verdict } = statement
  if (guessed.length !== 1)
    return element(
      'p',
      { class: 'note' },
      'These lines are about one neighbour: choose a single one at the top to see their numbers.',
    )
  const example = exampleOf(reading, guessed[0])
  const [letter, truth] = [statement.computeAsWritten(example), statement.compute(example)]
  const same = statement.isHarmless(example)
  const formula = view.convention === 'columns' && rightInColumns !== undefined ? rightInColumns : right
  return element(
    'div',
    { class: 'slip-card' },
    element('p', { class: 'says' }, `“${says}”`),
    element('p', { class: 'note' }, ...rolesIn(reading, example)),
    element(
      'div',
      { class: 'beside' },
      sheet('as it was written', verdict === 'slip' ? 'wrong' : 'doubtful', 'written', written, letter),
      sheet('as it should be', 'right', 'right', formula, truth),
    ),
    element('p', { class: `check ${same ? '' : 'wrong'}` }, comparison(letter, truth, same)),
    element('p', { class: 'prose' }, ...subscripted(why)),
  )
}

/** Which words the letters of the line stand for. */
function rolesIn({ view }: Reading, { center, outside, other, negatives }: Example): Child[] {
  const nameOf = (word: number) => view.specimen.words[word]
  const drawn = negatives.map(nameOf).join(', ')
  return [
    `With your numbers: c is “${nameOf(center)}”, o is “${nameOf(outside)}”, any other word (w, x) is “${nameOf(other)}”`,
    drawn === '' ? '.' : `, and the noise words are ${drawn}.`,
  ]
}

/** Letters after an underscore as subscripts. */
function subscripted(text: string): Child[] {
  return text
    .split(/(?<=\p{L})_(\p{Ll})(?!\p{L})/u)
    .map((part, i) => (i % 2 === 1 ? element('sub', {}, part) : part))
}

function comparison(letter: Value, truth: Value, same: boolean): string {
  if (same) return 'With these numbers both give the same, so the slip hides: change the view to see it.'
  const difference = differenceOf(letter, truth)
  return Number.isFinite(difference)
    ? `They differ by ${shown(difference, 3)} (relative, where they differ most).`
    : `Even the shapes differ: ${shapeOf(letter)} beside ${shapeOf(truth)}.`
}

function sheet(title: string, mark: string, id: string, formula: string, value: Value): HTMLElement {
  return element(
    'figure',
    { class: `sheet ${mark}`, id: `slip-${id}` },
    element('figcaption', {}, mark === 'right' ? '✓ ' : mark === 'wrong' ? '✗ ' : '? ', title),
    displayed(formula, title),
    element('p', { class: 'gives' }, `gives ${value.length === 0 ? 'nothing:' : ''}`),
    valueTable(value, `slip-${id}-value`, `what the line ${title} gives`),
  )
}

/** A value as a small matrix, cut if it is large. */
function valueTable(value: Value, id: string, label: string): HTMLElement {
  if (value.length === 0) return element('p', { class: 'note' }, 'the shapes of this product do not fit')
  const rows = value
    .slice(0, MOST_SHOWN)
    .map(row =>
      element(
        'tr',
        {},
        ...Array.from(row.slice(0, MOST_SHOWN), entry =>
          element('td', {}, figure(entry, entry % 1 === 0 ? 0 : 4)),
        ),
        row.length > MOST_SHOWN && element('td', {}, '…'),
      ),
    )
  const more = value.length > MOST_SHOWN && element('tr', {}, element('td', {}, '⋮'))
  const table = element('table', { class: 'matrix', id }, element('tbody', {}, ...rows, more))
  const shape = element('span', { class: 'shape' }, shapeOf(value))
  return scrolling(`${id}-scroll`, label, table, shape)
}

function shapeOf(value: Value): string {
  return value.length === 0 ? 'nothing' : `${value.length} × ${value[0].length}`
}

/** The guess as the statements take it; w or x is the chosen word, or else the first that is not the neighbour. */
function exampleOf(reading: Reading, outside: number): Example {
  const { view, center } = reading
  const { specimen, position, reach, looking, inputVectors, outputVectors, convention } = view
  const negatives = looking === 'window' ? [] : (view.negatives[looking] ?? [])
  const candidates = [view.word, ...negatives, ...specimen.words.keys()]
  const x = termsByWord(reading).get(outside)!.score
  return {
    inputVectors,
    outputVectors,
    center,
    outside,
    other: candidates.find(word => word !== outside)!,
    negatives,
    sentence: specimen.sentence,
    position,
    reach,
    x,
    convention,
  }
}
