import {
  type Convention,
  type GradientCheck,
  outsideWords,
  type SkipGramWindow,
  sgdStep,
  skipGramTerms,
  type WindowTerms,
} from 'wordloom/equations'
import { keyOf, Purpose, Random } from '#math/random'
import type { Specimen } from './specimen.js'

export type Objective = 'naive-softmax' | 'negative-sampling'

/** What the page shows: where it looks, how, and the vectors as they are after the steps that were taken. */
export interface View {
  readonly specimen: Specimen
  /** t, the place of the center word. */
  readonly position: number
  /** m, how many words to each side. */
  readonly reach: number
  /** Which neighbour is guessed, by its place among the outside words, or all of them. */
  readonly looking: number | 'window'
  readonly objective: Objective
  readonly convention: Convention
  /** K, how many negatives are drawn for each neighbour. */
  readonly negativeSamples: number
  /** How often the negatives were drawn anew. */
  readonly redraws: number
  readonly negatives: readonly (readonly number[])[]
  readonly learningRate: number
  readonly inputVectors: readonly Float64Array[]
  readonly outputVectors: readonly Float64Array[]
  readonly steps: number
  /** J before the first step and after each. */
  readonly losses: readonly number[]
  /** The word whose numbers are spelled out. */
  readonly word: number
  /** Results of finite differences, by what was checked. */
  readonly checks: ReadonlyMap<string, GradientCheck>
  /** The line of the worked solution that is looked at. */
  readonly statement: string
}

/** A view with what the equations say about it. */
export interface Reading extends WindowTerms {
  readonly view: View
  readonly center: number
  /** All outside words of the window. */
  readonly outside: readonly number[]
  /** Those that are looked at: one of them, or all. */
  readonly guessed: readonly number[]
}

/** Asks for another view; what is said is read out by screen readers. */
export type Change = (next: (view: View) => View, announce?: (reading: Reading) => string) => void

export const FEWEST_NEGATIVES = 1
export const MOST_NEGATIVES = 10

/** The first look at a specimen, with the choices of the view before it, if there was one. */
export function viewOf(specimen: Specimen, before?: View): View {
  const { position, reach, looking, inputVectors, outputVectors } = specimen
  return settled({
    objective: 'naive-softmax',
    convention: 'rows',
    negativeSamples: 4,
    learningRate: 0.25,
    statement: '2.7',
    ...before,
    specimen,
    position,
    reach,
    looking,
    redraws: 0,
    inputVectors,
    outputVectors,
    negatives: [],
  })
}

export function moved(view: View, position: number): View {
  return settled({ ...view, position, looking: view.looking === 'window' ? 'window' : 0 })
}

export function widened(view: View, reach: number): View {
  return settled({ ...view, reach, looking: view.looking === 'window' ? 'window' : 0 })
}

/** Looks at another neighbour, or all; the negatives stay as they are. */
export function lookedAt(view: View, looking: View['looking']): View {
  return afresh({ ...view, looking })
}

/** The next or the last guess: through the window, then on through the sentence. */
export function stepped(view: View, direction: 1 | -1): View {
  const { looking, position, specimen } = view
  const count = outsideOf(view).length
  const next = looking === 'window' ? (direction === 1 ? count : -1) : looking + direction
  if (next >= 0 && next < count) return lookedAt(view, next)
  const length = specimen.sentence.length
  const there = settled({ ...view, position: (position + direction + length) % length, looking: 0 })
  return direction === 1 ? there : lookedAt(there, outsideOf(there).length - 1)
}

export function withObjective(view: View, objective: Objective): View {
  return afresh({ ...view, objective })
}

export function withConvention(view: View, convention: Convention): View {
  return { ...view, convention }
}

export function redrawn(view: View, negativeSamples = view.negativeSamples): View {
  const redraws = negativeSamples === view.negativeSamples ? view.redraws + 1 : view.redraws
  return settled({ ...view, redraws, negativeSamples })
}

/** One draw more of a word among the negatives of the neighbour that is looked at. */
export function repeated(view: View, word: number): View {
  return withNegatives(view, list => [...list, word])
}

/** One draw less of it. */
export function withdrawn(view: View, word: number): View {
  return withNegatives(view, list => list.filter((_, i) => i !== list.lastIndexOf(word)))
}

export function spelledOut(view: View, word: number): View {
  return { ...view, word }
}

/** A step downhill on both matrices, by the gradients as they are now. */
export function descended(view: View, steps: number): View {
  let now = view
  for (let i = 0; i < steps; i++) {
    const { inputGradient, outputGradient } = readingOf(now)
    const inputVectors = sgdStep(now.inputVectors, inputGradient, now.learningRate)
    const outputVectors = sgdStep(now.outputVectors, outputGradient, now.learningRate)
    const after = { ...now, inputVectors, outputVectors, steps: now.steps + 1, checks: new Map() }
    now = { ...after, losses: [...now.losses, readingOf(after).loss] }
  }
  return now
}

/** The vectors as they were before the first step. */
export function restarted(view: View): View {
  const { inputVectors, outputVectors } = view.specimen
  return afresh({ ...view, inputVectors, outputVectors })
}

export function readingOf(view: View): Reading {
  const outside = outsideOf(view)
  const window = windowOf(view)
  return {
    ...skipGramTerms(window),
    view,
    center: window.center,
    outside,
    guessed: Array.from(window.outside),
  }
}

/** The window as the equations take it, with the neighbours that are looked at. */
export function windowOf(view: View): SkipGramWindow {
  const { specimen, position, looking, objective, inputVectors, outputVectors } = view
  const chosen = <T>(list: readonly T[]) => (looking === 'window' ? list : list.slice(looking, looking + 1))
  return {
    center: specimen.sentence[position],
    outside: chosen(outsideOf(view)),
    inputVectors,
    outputVectors,
    ...(objective === 'negative-sampling' && { negatives: chosen(view.negatives) }),
  }
}

export function outsideOf({ specimen, position, reach }: View): number[] {
  return outsideWords({ sentence: specimen.sentence, position, reach })
}

/** The places of the sentence that belong to the window, without the center. */
export function windowPlaces({ specimen, position, reach }: View): number[] {
  return specimen.sentence
    .map((_, place) => place)
    .filter(place => place !== position && Math.abs(place - position) <= reach)
}

/** Draws the negatives of a new window and starts the count of steps. */
function settled(view: Omit<View, 'steps' | 'losses' | 'word' | 'checks'>): View {
  const { specimen } = view
  const own = specimen.negatives && view.position === specimen.position && view.reach === specimen.reach
  const outside = outsideOf(view as View)
  const negatives =
    own && view.redraws === 0 && specimen.negatives
      ? specimen.negatives
      : outside.map((word, j) => drawnNegatives(view, word, j))
  return afresh({ ...view, negatives })
}

/** What is looked at has changed, so that earlier losses and checks are about something else. */
function afresh(view: Omit<View, 'steps' | 'losses' | 'word' | 'checks'>): View {
  const outside = outsideOf(view as View)
  const word = outside[view.looking === 'window' ? 0 : view.looking] ?? view.specimen.sentence[view.position]
  const fresh = { ...view, steps: 0, losses: [], word, checks: new Map() }
  return { ...fresh, losses: [readingOf(fresh).loss] }
}

/** Words drawn with equal chance, but never the outside word itself. */
function drawnNegatives(
  {
    specimen,
    position,
    negativeSamples,
    redraws,
  }: Pick<View, 'specimen' | 'position' | 'negativeSamples' | 'redraws'>,
  outside: number,
  j: number,
): number[] {
  const random = new Random(keyOf(redraws, Purpose.negativeSamples, position), j)
  const others = specimen.words.map((_, word) => word).filter(word => word !== outside)
  return Array.from({ length: negativeSamples }, () => others[random.below(others.length)])
}

function withNegatives(view: View, edit: (list: readonly number[]) => readonly number[]): View {
  const negatives = view.negatives.map((list, j) =>
    view.looking === 'window' || view.looking === j ? edit(list) : list,
  )
  return { ...afresh({ ...view, negatives }), word: view.word }
}
