import type { PageWord } from 'wordloom/map'
import {
  betterView,
  between,
  type Camera,
  onScreen,
  type Place,
  type Scope,
  type Size,
  wholeView,
} from '../map/camera.js'
import { type GestureTarget, listenToGestures } from '../map/gestures.js'
import { Glide } from '../map/glide.js'
import { companyLines, companyOf } from './company.js'
import { Frame } from './frame.js'
import { partOfPage } from './part-of-page.js'
import { type SeenWord, wordTowards, wordUnder } from './seen-word.js'

/** What the picture tells: words by their place in the list. */
export interface PictureEvents {
  choose(id: number | undefined): void
  hover(id: number | undefined): void
}

/** What is looked at: a word with its neighbors, or all words that match what was typed. */
export interface Looking {
  readonly center: number | undefined
  readonly matches: ReadonlySet<number> | undefined
}

const GLIDE_MS = 320
const MARGIN = { x: 12, y: 15 }
/** Pixels that the whole map stands below the middle, clear of the heading. */
const BELOW = 6
/** The greatest scale, and the least as a part of that of the whole map. */
const NEAREST = 10
const FARTHEST = 0.8
/** How far one may go from the middle, by how far the map reaches. */
const REACH = 1.3
/** Company is brought to a scale at which words can be read. */
const SIGHT = { around: { x: 130, y: 70 }, worth: 1.4 }
const READABLE = 1.1
/** Pixels by which the mouse may miss a word. */
const HOVER_REACH = 10
const ARROWS: Readonly<Record<string, Place>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/**
 * The picture of the file, brought to life: words are placed in pixels, and letters grow slower than the map, so that
 * coming nearer makes room for more of them.
 */
export class Picture implements GestureTarget {
  readonly #words: readonly PageWord[]
  readonly #events: PictureEvents
  readonly #svg = partOfPage('map', SVGSVGElement)
  readonly #clouds = partOfPage('clouds', SVGGElement)
  readonly #lines = partOfPage('lines', SVGGElement)
  readonly #elements = [...partOfPage('words', SVGGElement).children].reverse()
  readonly #whole = partOfPage('whole', HTMLButtonElement)
  /** As the file has it. */
  readonly #drawn: Size
  readonly #glide = new Glide()
  #frame: Frame
  #seen: readonly SeenWord[] = []
  #looking: Looking = { center: undefined, matches: undefined }
  #hovered: number | undefined
  /** Where the arrows go from. */
  #chosen: number | undefined
  size: Size = { width: 1, height: 1 }
  camera: Camera = { x: 0, y: 0, scale: 1 }

  constructor(words: readonly PageWord[], events: PictureEvents) {
    this.#words = words
    this.#events = events
    const { width, height } = this.#svg.viewBox.baseVal
    this.#drawn = { width, height }
    this.#frame = new Frame(this.#drawn, false)
    this.#svg.removeAttribute('viewBox')
    this.#svg.classList.add('ready')
    listenToGestures(this.#svg, this)
    this.#whole.addEventListener('click', () => this.glideTo(this.scope.whole))
    this.#fit()
    new ResizeObserver(() => this.#fit()).observe(this.#svg)
  }

  get scope(): Scope {
    const { extent } = this.#frame
    const middle = wholeView(this.size, extent, MARGIN)
    const whole = { ...middle, y: -BELOW / middle.scale }
    return {
      whole,
      farthest: whole.scale * FARTHEST,
      nearest: NEAREST,
      reach: { x: extent.x * REACH, y: extent.y * REACH },
    }
  }

  moveTo(camera: Camera): void {
    this.rest()
    this.#lookFrom(camera)
  }

  glideTo(camera: Camera): void {
    const from = this.camera
    this.#glide.start(GLIDE_MS, part => this.#lookFrom(between(from, camera, part)))
  }

  rest(): void {
    this.#glide.stop()
  }

  choose(at: Place, reach: number): void {
    this.#events.choose(wordUnder(this.#seen, at, reach))
  }

  hover(at: Place | undefined): void {
    const id = at && wordUnder(this.#seen, at, HOVER_REACH)
    if (id === this.#hovered) return
    this.#hovered = id
    this.#svg.classList.toggle('over', id !== undefined)
    this.#events.hover(id)
  }

  /** Arrows walk from word to word. */
  press(key: string): boolean {
    const arrow = ARROWS[key]
    if (!arrow) return false
    const from =
      this.#chosen === undefined ? onScreen(this.camera, this.size, { x: 0, y: 0 }) : this.#seen[this.#chosen]
    const next = wordTowards(this.#seen, from, arrow)
    if (next !== undefined) this.#events.choose(next)
    return true
  }

  look(looking: Looking): void {
    this.#looking = looking
    this.#drawLooking()
  }

  /** Goes to a word that was chosen, where its neighbors are small or out of sight. */
  bring(id: number | undefined, glides: boolean): void {
    this.#chosen = id
    if (id === undefined) return
    const places = this.#idsAround(id).map(other => this.#frame.placeOf(this.#words[other]))
    const { whole } = this.scope
    const nearest = Math.max(this.camera.scale, READABLE)
    const there = betterView(this.camera, places, this.size, { ...SIGHT, nearest })
    if (!there) return
    const camera = { ...there, scale: Math.max(whole.scale, there.scale) }
    if (glides) this.glideTo(camera)
    else this.moveTo(camera)
  }

  /** A word that is pointed at elsewhere. */
  glow(id: number, glows: boolean): void {
    this.#elements[id].classList.toggle('glow', glows)
  }

  /** Shows the whole map again where its room has changed. */
  #fit(): void {
    const { width, height } = this.#svg.getBoundingClientRect()
    if (width === this.size.width && height === this.size.height) return
    this.size = { width, height }
    this.#frame = new Frame(this.#drawn, height > width)
    this.moveTo(this.scope.whole)
  }

  #lookFrom(camera: Camera): void {
    this.camera = camera
    this.#whole.hidden = camera.scale < this.scope.whole.scale * 1.1
    this.#seen = this.#words.map(word => this.#seenNow(word))
    this.#draw()
  }

  #seenNow(word: PageWord): SeenWord {
    const { scale } = this.camera
    const letters = lettersAt(scale)
    return {
      ...onScreen(this.camera, this.size, this.#frame.placeOf(word)),
      half: { x: word.halfWidth * letters, y: word.halfHeight * letters },
      isLabelled: this.#frame.scaleOf(word) <= scale,
    }
  }

  #draw(): void {
    const { scale } = this.camera
    const corner = onScreen(this.camera, this.size, this.#frame.placeOf({ x: 0, y: 0 }))
    const turn = this.#frame.isUpright ? `0 ${scale} ${scale} 0` : `${scale} 0 0 ${scale}`
    this.#clouds.setAttribute('transform', `matrix(${turn} ${corner.x} ${corner.y})`)
    const letters = lettersAt(scale).toFixed(3)
    this.#seen.forEach(({ x, y, isLabelled }, id) => {
      const place = `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${letters})`
      this.#elements[id].setAttribute('transform', place)
      this.#elements[id].classList.toggle('dot', !isLabelled)
    })
    this.#drawLooking()
  }

  #drawLooking(): void {
    const { center, matches } = this.#looking
    const ids = center === undefined ? [] : this.#idsAround(center)
    const lit = center === undefined ? matches : new Set(ids)
    this.#svg.classList.toggle('busy', lit !== undefined)
    const company = companyOf(ids, this.#seen)
    this.#elements.forEach((element, id) => {
      element.classList.toggle('on', lit?.has(id) ?? false)
      element.classList.toggle('active', id === center)
      shift(element, (company.get(id)?.lines ?? 0) * this.#words[id].halfHeight)
    })
    this.#lines.replaceChildren(...(center === undefined ? [] : companyLines(center, this.#words, company)))
  }

  #idsAround(center: number): number[] {
    return [center, ...this.#words[center].near.map(([id]) => id)]
  }
}

/** How much letters have grown: with the fourth root of the scale. */
function lettersAt(scale: number): number {
  return Math.sqrt(Math.sqrt(scale))
}

function shift(element: Element, y: number): void {
  if (y === 0) element.lastElementChild?.removeAttribute('y')
  else element.lastElementChild?.setAttribute('y', String(y))
}
