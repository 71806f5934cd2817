import { element } from '../element.js'
import { times } from '../figure.js'
import { button, choices, listed, radio, section, wordMark } from './section.js'
import {
  type Change,
  FEWEST_NEGATIVES,
  lookedAt,
  MOST_NEGATIVES,
  moved,
  type Reading,
  redrawn,
  repeated,
  stepped,
  widened,
  windowPlaces,
  withConvention,
  withdrawn,
  withObjective,
} from './view.js'

/** The sentence with its window, and everything that can be chosen about the guess. */
export function windowSection(reading: Reading, change: Change): HTMLElement {
  return section({
    id: 'window',
    number: 1,
    title: 'A word, and its company',
    prose: [
      'The model sees one ',
      element('b', { class: 'word center' }, 'center word'),
      ' and must guess a ',
      element('b', { class: 'word answer' }, 'neighbour'),
      '. Pick any word of the sentence, then the neighbour to be guessed.',
    ],
    picture: [
      sentenceLine(reading, change),
      element('div', { class: 'controls' }, neighbourChoice(reading, change), walk(reading, change)),
      element('div', { class: 'controls' }, ...ways(reading, change)),
      reading.view.objective === 'negative-sampling' && negativesBox(reading, change),
    ],
  })
}

function sentenceLine(reading: Reading, change: Change): HTMLElement {
  const { view, guessed } = reading
  const { specimen, position } = view
  const places = windowPlaces(view)
  const markOf = (place: number) => {
    if (place === position) return 'center'
    if (!places.includes(place)) return ''
    const j = places.indexOf(place)
    return view.looking === 'window' || view.looking === j ? 'near answer' : 'near'
  }
  const words = specimen.sentence.map((word, place) =>
    radio('center', { value: place, label: [specimen.words[word]], mark: markOf(place) }, position, chosen =>
      change(before => moved(before, chosen), announceGuess),
    ),
  )
  return element(
    'fieldset',
    { class: 'sentence' },
    element('legend', {}, 'Center word'),
    element('div', { class: 'options' }, ...words),
    guessed.length === 0 &&
      element('p', { class: 'note' }, 'This window is empty: the sentence has one word.'),
  )
}

function neighbourChoice(reading: Reading, change: Change): HTMLElement {
  const { view, outside } = reading
  const list = [
    ...outside.map((word, j) => ({ value: String(j), label: [view.specimen.words[word]], mark: 'answer' })),
    { value: 'window', label: [`all ${outside.length} together`], mark: 'answer' },
  ]
  return choices('neighbour', 'Neighbour to guess', list, String(view.looking), value =>
    change(before => lookedAt(before, value === 'window' ? 'window' : Number(value)), announceGuess),
  )
}

function walk(_: Reading, change: Change): HTMLElement {
  const step = (direction: 1 | -1) => () => change(before => stepped(before, direction), announceGuess)
  return element(
    'div',
    { class: 'walk', role: 'group', 'aria-label': 'Walk through the window' },
    button('previous-guess', ['← Previous guess'], step(-1)),
    button('next-guess', ['Next guess →'], step(1)),
  )
}

function ways({ view }: Reading, change: Change): HTMLElement[] {
  return [
    choices(
      'objective',
      'How it guesses',
      [
        { value: 'naive-softmax', label: ['Softmax over all words'] },
        { value: 'negative-sampling', label: ['Negative sampling'] },
      ],
      view.objective,
      objective => change(before => withObjective(before, objective), announceGuess),
    ),
    choices(
      'convention',
      'Matrices keep words in',
      [
        { value: 'rows', label: ['rows'] },
        { value: 'columns', label: ['columns'] },
      ],
      view.convention,
      convention =>
        change(
          before => withConvention(before, convention),
          () => `Words in ${convention}`,
        ),
    ),
    choices(
      'reach',
      'Window, words to each side',
      [...new Set([1, 2, 3, 4, view.reach])].map(value => ({ value, label: [String(value)] })),
      view.reach,
      reach => change(before => widened(before, reach), announceGuess),
    ),
  ]
}

function negativesBox(reading: Reading, change: Change): HTMLElement {
  const { view, guessed } = reading
  return element(
    'div',
    { class: 'negatives' },
    element(
      'p',
      { class: 'prose' },
      'Instead of choosing among all words, the model tells the real neighbour from a few ',
      element('b', { class: 'word noise' }, 'noise words'),
      ' drawn at random. A word drawn twice counts twice; try it.',
    ),
    view.looking === 'window'
      ? element('p', { class: 'note' }, 'Look at one neighbour to edit its noise words.')
      : drawnList(reading, view.looking, change),
    element(
      'div',
      { class: 'controls' },
      button('redraw', ['Draw others'], () => change(before => redrawn(before), announceGuess)),
      numberOfNegatives(view.negativeSamples, change),
    ),
    guessed.length > 1 &&
      element('p', { class: 'note' }, `Each of the ${guessed.length} neighbours has noise words of its own.`),
  )
}

function drawnList(reading: Reading, j: number, change: Change): HTMLElement {
  const { view } = reading
  const drawn = view.negatives[j] ?? []
  const distinct = [...new Set(drawn)]
  const items = distinct.map(word => {
    const count = drawn.filter(negative => negative === word).length
    const name = view.specimen.words[word]
    return element(
      'li',
      {},
      wordMark(reading, word),
      element('span', { class: 'count' }, count > 1 ? ` × ${count}` : ''),
      button(
        `repeat-${word}`,
        ['+'],
        () =>
          change(
            before => repeated(before, word),
            after => `${name} is now drawn ${times(count + 1)}. ${lossSentence(after)}`,
          ),
        { 'aria-label': `repeat ${name}`, title: `draw ${name} once more`, class: 'small' },
      ),
      drawn.length > FEWEST_NEGATIVES &&
        button(
          `withdraw-${word}`,
          ['−'],
          () =>
            change(
              before => withdrawn(before, word),
              after => `${name} is now drawn ${times(count - 1)}. ${lossSentence(after)}`,
            ),
          { 'aria-label': `take back ${name}`, title: `draw ${name} once less`, class: 'small' },
        ),
    )
  })
  return element('ul', { class: 'drawn', 'aria-label': 'Noise words of this guess' }, ...items)
}

function numberOfNegatives(present: number, change: Change): HTMLElement {
  const options = Array.from({ length: MOST_NEGATIVES }, (_, i) =>
    element('option', { value: i + 1, selected: i + 1 === present }, String(i + 1)),
  )
  if (present > MOST_NEGATIVES)
    options.push(element('option', { value: present, selected: true }, String(present)))
  return element(
    'label',
    { class: 'field' },
    'Noise words a neighbour ',
    element(
      'select',
      {
        id: 'negative-samples',
        onchange: event => {
          const wanted = Number((event.target as HTMLSelectElement).value)
          change(before => redrawn(before, wanted), announceGuess)
        },
      },
      ...options,
    ),
  )
}

/** What is guessed from what, and how wrong that is. */
export function announceGuess(reading: Reading): string {
  const { view, center, guessed } = reading
  const names = guessed.map(word => view.specimen.words[word])
  return `Guessing ${listed(names).join('')} from ${view.specimen.words[center]}. ${lossSentence(reading)}`
}

export function lossSentence({ loss }: Reading): string {
  return `Loss ${loss.toFixed(3)}.`
}
