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
import { FIRST_SUBJECT, type Subject, specimenOf, withSource } from './subject.js'
import { type Change, type Reading, readingOf, type View, viewOf } from './view.js'
import { announceGuess, windowSection } from './window-section.js'

/** The gradient microscope: one guess of word2vec with every number on the way. */
export function mountMicroscope(room: HTMLElement): undefined {
  void new Microscope(room).open(servedSource())
}

/** The page: a subject, the view of it, and the sections that show it. */
class Microscope {
  readonly #live = element('p', {
    class: 'spoken',
    role: 'status',
    'aria-live': 'polite',
    id: 'announcement',
  })
  readonly #story = element('div', { class: 'story' })
  #subject = FIRST_SUBJECT
  #failure: string | undefined
  #view = viewOf(specimenOf(FIRST_SUBJECT))
  #shown: View | undefined

  constructor(room: HTMLElement) {
    room.replaceChildren(introduction(), this.#story, this.#live)
    this.#show()
  }

  /** Looks at what is being opened, if that is anything. */
  async open(opening: Promise<Source | undefined>): Promise<void> {
    try {
      const source = await opening
      if (source) this.#lookAt(subject => withSource(subject, source))
    } catch (error) {
      this.#failure = sentenceOf(error)
      this.#show()
    }
  }

  /** Looks at another subject; what cannot be looked at is told, and the one before stays. */
  #lookAt(next: (subject: Subject) => Subject): void {
    try {
      const subject = next(this.#subject)
      this.#view = viewOf(specimenOf(subject), this.#view)
      this.#subject = subject
      this.#failure = undefined
    } catch (error) {
      this.#failure = sentenceOf(error)
    }
    const reading = this.#show()
    this.#live.textContent = this.#failure ?? announceGuess(reading)
  }

  readonly #change: Change = (next, announce) => {
    this.#view = next(this.#view)
    const reading = this.#show()
    if (announce) this.#live.textContent = announce(reading)
  }

  #show(): Reading {
    const view = this.#view
    const reading = readingOf(view)
    const isComparable = this.#shown?.specimen === view.specimen && this.#shown.convention === view.convention
    replaceKeeping(this.#story, this.#sectionsOf(reading), isComparable)
    this.#shown = view
    return reading
  }

  #sectionsOf(reading: Reading): HTMLElement[] {
    const change = this.#change
    return [
      windowSection(reading, change),
      scoreSection(reading, change),
      guessSection(reading, change),
      outputSection(reading, change),
      centerSection(reading, change),
      lossSection(reading),
      learningBar(reading, change),
      slipSection(reading, change),
      sourceSection(
        { ...this.#subject, notes: reading.view.specimen.notes, failure: this.#failure },
        {
          lookAt: next => this.#lookAt(next),
          openFile: file => void this.open(openSource(file.name, file.stream())),
        },
      ),
    ]
  }
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
