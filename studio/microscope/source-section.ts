import { type Child, element } from '../element.js'
import { button, section } from './section.js'
import type { Source } from './source.js'
import { FIRST_SENTENCE } from './specimen.js'
import { type Subject, withSentence, withSource } from './subject.js'

/** What the last section can ask for. */
export interface SourceActions {
  lookAt(next: (subject: Subject) => Subject): void
  openFile(file: File): void
}

export interface SourceState extends Subject {
  readonly notes: readonly string[]
  /** What went wrong with the last file. */
  readonly failure: string | undefined
}

/** The reader's own sentence, word vectors or test vectors. */
export function sourceSection(state: SourceState, actions: SourceActions): HTMLElement {
  return section({
    id: 'source',
    number: 8,
    title: 'Your own words',
    prose: [
      'Put another sentence under the microscope, with random vectors or with those of a file: word vectors that you trained (safetensors, word2vec text or binary), or test vectors as JSON. Nothing leaves this page.',
    ],
    picture: [
      element('div', { class: 'own' }, sentenceForm(state, actions), fileBox(state, actions)),
      element(
        'div',
        { class: 'notes', id: 'source-notes' },
        ...state.notes.map(note => element('p', { class: 'note' }, note)),
        state.failure !== undefined &&
          element('p', { class: 'failure', role: 'alert', id: 'source-failure' }, state.failure),
      ),
    ],
  })
}

function sentenceForm({ source, sentence, dimensions }: SourceState, actions: SourceActions): HTMLElement {
  const field = element('input', {
    id: 'sentence',
    type: 'text',
    value: sentence,
    maxlength: 400,
    placeholder: FIRST_SENTENCE,
    autocomplete: 'off',
  })
  return element(
    'form',
    {
      onsubmit: event => {
        event.preventDefault()
        actions.lookAt(subject => withSentence(subject, field.value))
      },
    },
    element('label', { for: 'sentence' }, 'Sentence'),
    field,
    element(
      'div',
      { class: 'controls' },
      element('button', { type: 'submit', id: 'use-sentence' }, 'Use this sentence'),
      source.kind === 'random' && dimensionField(dimensions, actions),
    ),
  )
}

function dimensionField(present: number, actions: SourceActions): HTMLElement {
  return element(
    'label',
    { class: 'field' },
    'numbers a vector ',
    element(
      'select',
      {
        id: 'dimensions',
        onchange: event => {
          const dimensions = Number((event.target as HTMLSelectElement).value)
          actions.lookAt(subject => ({ ...subject, dimensions }))
        },
      },
      ...[2, 3, 4, 5, 6, 7, 8].map(count =>
        element('option', { value: count, selected: count === present }, String(count)),
      ),
    ),
  )
}

function fileBox({ source, caseIndex }: SourceState, actions: SourceActions): HTMLElement {
  const picker = element('input', {
    id: 'vectors-file',
    type: 'file',
    onchange: () => {
      const [file] = picker.files ?? []
      if (file) actions.openFile(file)
    },
  })
  return element(
    'div',
    { class: 'file-box' },
    element('label', { for: 'vectors-file' }, 'Vectors from a file'),
    picker,
    source.kind === 'cases' && caseField(source, caseIndex, actions),
    source.kind !== 'random' &&
      button('built-in', ['Back to random vectors'], () =>
        actions.lookAt(subject => withSource(subject, { kind: 'random' })),
      ),
  )
}

function caseField(
  source: Extract<Source, { kind: 'cases' }>,
  present: number,
  actions: SourceActions,
): Child {
  return element(
    'label',
    { class: 'field' },
    'case ',
    element(
      'select',
      {
        id: 'case',
        onchange: event => {
          const caseIndex = Number((event.target as HTMLSelectElement).value)
          actions.lookAt(subject => ({ ...subject, caseIndex }))
        },
      },
      ...source.cases.map(({ name }, index) =>
        element('option', { value: index, selected: index === present }, name),
      ),
    ),
  )
}
