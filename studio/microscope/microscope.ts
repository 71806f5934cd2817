import { element } from '../element.js'
import { centerSection } from './center-section.js'
import { guessSection } from './guess-section.js'
import { learningBar } from './learning-bar.js'
import { lossSection } from './loss-section.js'
import { outputSection } from './output-section.js'
import { scoreSection } from './score-section.js'
import { slipSection } from './slip-section.js'
import { openSource, type Source, servedSource } from './source.js'
import { sourceSection } from './source-section.js'
import {
  caseSpecimen,
  FIRST_DIMENSIONS,
  FIRST_SENTENCE,
  loadedSpecimen,
  randomSpecimen,
  type Specimen,
} from './specimen.js'
import { type Change, readingOf, type View, viewOf } from './view.js'
import { announceGuess, windowSection } from './window-section.js'

/** The gradient microscope: one guess of word2vec with every number on the way. */
export function mountMicroscope(room: HTMLElement): undefined {
  const live = element('p', { class: 'spoken', role: 'status', 'aria-live': 'polite', id: 'announcement' })
  const story = element('div', { class: 'story' })
  room.replaceChildren(introduction(), story, live)
  let source: Source = { kind: 'random' }
  let sentence = FIRST_SENTENCE
  let dimensions = FIRST_DIMENSIONS
  let caseIndex = 0
  let failure: string | undefined
  let view = viewOf(specimen())
  let shown: View | undefined

  function specimen(): Specimen {
    if (source.kind === 'vectors') return loadedSpecimen(sentence, source.vectors, source.name)
    if (source.kind === 'cases') return caseSpecimen(source.cases[caseIndex])
    return randomSpecimen(sentence, dimensions)
  }

  const show = () => {
    const reading = readingOf(view)
    const { notes } = view.specimen
    const state = { source, sentence, dimensions, caseIndex, notes, failure }
    const sections = [
      windowSection(reading, change),
      scoreSection(reading, change),
      guessSection(reading, change),
      outputSection(reading, change),
      centerSection(reading, change),
      lossSection(reading),
      learningBar(reading, change),
      slipSection(reading, change),
      sourceSection(state, actions),
    ]
    const comparable = shown?.specimen === view.specimen && shown.convention === view.convention
    replaceKeeping(story, sections, comparable)
    shown = view
    return reading
  }

  const change: Change = (next, announce) => {
    view = next(view)
    const reading = show()
    if (announce) live.textContent = announce(reading)
  }

  /** Looks at another specimen; what cannot be looked at is told, and the one before stays. */
  const lookAt = (prepare: () => void) => {
    const before = { view, source, sentence, dimensions, caseIndex }
    try {
      prepare()
      failure = undefined
      view = viewOf(specimen(), view)
    } catch (error) {
      failure = sentenceOf(error)
      ;({ view, source, sentence, dimensions, caseIndex } = before)
    }
    const reading = show()
    live.textContent = failure ?? announceGuess(reading)
  }

  const open = async (opening: Promise<Source | undefined>) => {
    try {
      const opened = await opening
      if (!opened) return
      lookAt(() => {
        source = opened
        caseIndex = 0
      })
    } catch (error) {
      failure = sentenceOf(error)
      show()
    }
  }

  const actions = {
    useSentence: (text: string) =>
      lookAt(() => {
        sentence = text.trim() || FIRST_SENTENCE
        if (source.kind === 'cases') source = { kind: 'random' }
      }),
    useDimensions: (count: number) =>
      lookAt(() => {
        dimensions = count
      }),
    useCase: (index: number) =>
      lookAt(() => {
        caseIndex = index
      }),
    useBuiltIn: () =>
      lookAt(() => {
        source = { kind: 'random' }
      }),
    openFile: (file: File) => void open(openSource(file.name, file.stream())),
  }

  show()
  void open(servedSource())
}

function introduction(): HTMLElement {
  return element(
    'header',
    { class: 'introduction' },
    element('h1', {}, 'The gradient microscope'),
    element(
      'p',
      { class: 'lead' },
      'A model learns what words mean by playing one game, over and over: see a word, guess its neighbour, and move the vectors a little so that the next guess is better. Here is one such guess with every number: change anything, take a step, and watch it learn.',
    ),
  )
}

/**
 * Puts new content in place of the old, and keeps what the reader has: the focus, how far boxes are scrolled, and an
 * eye on the numbers that changed, which are marked for a moment.
 */
function replaceKeeping(story: HTMLElement, content: readonly HTMLElement[], comparable: boolean): void {
  const focused = story.contains(document.activeElement) ? document.activeElement : null
  const place = focused?.closest('section')?.id ?? ''
  const scrolled = [...story.querySelectorAll('.scrolling')].map(
    box => [box.id, box.scrollLeft, box.scrollTop] as const,
  )
  const earlier = valuesOf(story)
  story.replaceChildren(...content)
  if (focused) (document.getElementById(focused.id) ?? controlIn(place))?.focus({ preventScroll: true })
  for (const [id, left, top] of scrolled) document.getElementById(id)?.scrollTo(left, top)
  if (comparable) for (const part of story.children) markChanged(part, earlier.get(part.id))
}

/** Where the focus goes when the control that had it is gone, as the − of a noise word that was taken back. */
function controlIn(section: string): HTMLElement | undefined {
  const controls = document.getElementById(section)?.querySelectorAll<HTMLElement>('button, select')
  return controls && [...controls].at(-1)
}

/** The numbers of each section, in their order. */
function valuesOf(story: HTMLElement): Map<string, string[]> {
  return new Map([...story.children].map(part => [part.id, figuresIn(part).map(({ value }) => value)]))
}

/** So many numbers can be followed by an eye, and lit without delay. */
const MOST_MARKED = 400

function markChanged(part: Element, earlier: readonly string[] | undefined): void {
  const figures = figuresIn(part)
  if (figures.length !== earlier?.length || figures.length > MOST_MARKED) return
  for (const [i, figure] of figures.entries())
    if (figure.value !== earlier[i]) figure.classList.add('changed')
}

function figuresIn(part: Element): HTMLDataElement[] {
  return [...part.querySelectorAll('data')]
}

function sentenceOf(error: unknown): string {
  if (error instanceof SyntaxError) return `This is no JSON: ${error.message}.`
  return error instanceof Error ? `${error.message}.` : String(error)
}
