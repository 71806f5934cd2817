import { element } from '../element.js'
import { betterView, type Place, type Sight, viewOf, zoomed } from './camera.js'
import { companyOf, marksOf } from './company.js'
import { paperColor } from './inks.js'
import { fontSizesOf } from './label-look.js'
import type { MapContent } from './map-content.js'
import type { MapModel } from './map-model.js'
import { download, pngOf, svgOf } from './picture-file.js'
import { Stage } from './stage.js'
import { type MapState, placesOf } from './state.js'
import type { Words } from './words.js'

/** Diameters of points in pixels: rare words, and the most frequent. */
const POINT = { least: 1.6, greatest: 9 }
/** Where there are few words, points are larger. */
const FEW = 3000

/** Marked words stand out, so that company must be small before the map moves by itself. */
const SIGHT = { around: { x: 180, y: 110 }, worth: 2.7 }

/** The map, and that of the second model beside it; what one looks at, the other looks at. */
export class MapStages {
  readonly element: HTMLElement
  readonly #maps: HTMLElement
  readonly #model: MapModel
  readonly #listeners: (() => void)[] = []
  readonly #first: Stage
  readonly #second: Stage
  readonly #names: readonly HTMLElement[]
  readonly #work: HTMLElement
  readonly #dark = matchMedia('(prefers-color-scheme: dark)')
  #sizes: { words: Words; points: Float32Array; fonts: Float32Array } | undefined
  #moving = 0

  constructor(model: MapModel) {
    this.#model = model
    const choose = (id: number | undefined) => void (id === undefined ? model.forget() : model.select(id))
    const telling = (other: () => Stage) => ({
      choose,
      moved: (camera: Stage['camera']) => {
        other().follow(camera)
        this.#tellSoon()
      },
    })
    this.#first = new Stage(
      'map',
      'Map of words',
      telling(() => this.#second),
    )
    this.#second = new Stage(
      'other-map',
      'Map of the second model',
      telling(() => this.#first),
    )
    this.#names = [this.#first, this.#second].map(stage => {
      const name = element('p', { class: 'stage-name' })
      stage.element.append(name)
      return name
    })
    this.#work = element('div', { class: 'work', hidden: true })
    const zoom = controls(this.#first)
    for (const stage of [this.#first, this.#second]) stage.keepClearOf(zoom)
    this.#maps = element(
      'div',
      { class: 'stages' },
      this.#first.element,
      this.#second.element,
      this.#work,
      zoom,
    )
    this.element = element('div', { class: 'maps' }, this.#maps, keys())
    this.#dark.addEventListener('change', this.#repaint)
  }

  /** Calls when other words may be in sight. */
  listen(listener: () => void): void {
    this.#listeners.push(listener)
  }

  /** Selects a word beside the map, and brings its company into sight. */
  async visit(id: number): Promise<void> {
    await this.#model.select(id)
    this.#bringCompany()
  }

  async visitAnalogy(a: number, b: number, c: number): Promise<void> {
    await this.#model.ask(a, b, c)
    this.#bringCompany()
  }

  /** Draws what there is now. */
  show(): void {
    const { state } = this.#model
    const { words, other } = state
    this.#showWork(state)
    this.#maps.classList.toggle('two', other?.places !== undefined)
    this.#second.element.hidden = other?.places === undefined
    const places = placesOf(state)
    if (!words || !places) return
    const content = this.#contentOf(words, state, places)
    const glides = state.passing === undefined
    this.#first.show(content, glides)
    this.#first.element.setAttribute(
      'aria-label',
      `Map of ${words.size.toLocaleString('en')} words of ${state.model?.name ?? ''}`,
    )
    if (other?.places)
      this.#second.show(
        {
          ...content,
          positions: other.places,
          drawn: words.size,
          labels: state.passing ? undefined : state.labels,
        },
        glides,
      )
    this.#names[0].textContent = other?.places ? (state.model?.name ?? '') : ''
    this.#names[1].textContent = other?.name ?? ''
    this.#tell()
  }

  /** Moves to where a word and its true neighbours are in sight. */
  showCompany(): void {
    const places = this.#companyPlaces()
    if (places.length > 0) this.#first.glideTo(viewOf(places, this.#first.size, this.#sight))
  }

  /** Goes there where the company is small or out of sight. */
  #bringCompany(): void {
    const places = this.#companyPlaces()
    if (places.length === 0) return
    const { camera, size } = this.#first
    const there = betterView(camera, places, size, this.#sight)
    if (there) this.#first.glideTo(there)
  }

  get #sight(): Sight {
    return { ...SIGHT, nearest: this.#first.whole.scale * 60 }
  }

  #companyPlaces(): Place[] {
    return companyOf(this.#model.state).map(id => this.#first.placeOf(id))
  }

  wordsInSight(count: number): number[] {
    return this.#model.state.words ? this.#first.wordsInSight(count) : []
  }

  async savePng(): Promise<void> {
    const stages = this.#second.element.hidden ? [this.#first] : [this.#first, this.#second]
    try {
      download('map.png', await pngOf(stages, this.#model.state, inkColor(), paperColor()))
    } catch (error) {
      this.#model.fail(String(error))
    }
  }

  saveSvg(): void {
    download(
      'map.svg',
      new Blob([svgOf(this.#first, this.#model.state, inkColor())], { type: 'image/svg+xml' }),
    )
  }

  close(): void {
    this.#dark.removeEventListener('change', this.#repaint)
    this.#first.close()
    this.#second.close()
  }

  readonly #repaint = () => this.#model.tell()

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  /** The list of words in sight follows once the map rests. */
  #tellSoon(): void {
    clearTimeout(this.#moving)
    this.#moving = setTimeout(() => this.#tell(), 250) as unknown as number
  }

  #contentOf(
    words: Words,
    state: MapState,
    { positions, drawn }: { positions: MapContent['positions']; drawn: number },
  ): MapContent {
    if (this.#sizes?.words !== words)
      this.#sizes = { words, points: pointSizes(words), fonts: fontSizesOf(words.parts) }
    const { inks } = this.#model
    if (!inks) throw new Error('colors come before points')
    return {
      words,
      positions,
      drawn,
      colors: inks.points,
      sizes: this.#sizes.points,
      fontSizes: this.#sizes.fonts,
      naming: state.naming,
      labels: state.passing ? undefined : state.labels,
      marks: marksOf(state, inks, drawn),
      labelColor: inks.colorOf,
      paper: paperColor(),
    }
  }

  #showWork({ work, words }: MapState): void {
    this.#work.hidden = work === undefined
    this.#work.classList.toggle('alone', words === undefined)
    if (!work) return
    const stop = element(
      'button',
      { type: 'button', class: 'small', id: 'stop', onclick: () => this.#model.stop() },
      'Stop',
    )
    const had = this.#work.querySelector('#stop') === document.activeElement
    this.#work.replaceChildren(
      element('span', {}, work.doing),
      element('progress', { max: 1, value: work.part, 'aria-label': work.doing }),
      ...(work.canStop ? [stop] : []),
    )
    if (had && work.canStop) stop.focus({ preventScroll: true })
  }
}

function pointSizes({ parts, size }: Words): Float32Array {
  const few = Math.max(0, 1 - size / FEW) * 2
  const { least, greatest } = POINT
  return Float32Array.from(parts, part => least + few + (greatest - least) * part ** 2.2)
}

function inkColor(): string {
  return getComputedStyle(document.documentElement).getPropertyValue('--faint').trim() || '#5f616b'
}

function controls(stage: Stage): HTMLElement {
  const middle = () => ({ x: stage.size.width / 2, y: stage.size.height / 2 })
  const zoom = (factor: number) =>
    stage.glideTo(zoomed(stage.camera, factor, middle(), stage.size, stage.scope))
  const button = (id: string, label: string, text: string, act: () => void) =>
    element('button', { type: 'button', id, 'aria-label': label, title: label, onclick: act }, text)
  return element(
    'div',
    { class: 'zoom' },
    button('zoom-in', 'Nearer', '+', () => zoom(1.8)),
    button('zoom-out', 'Farther', '−', () => zoom(1 / 1.8)),
    button('zoom-whole', 'The whole map', '⤢', () => stage.glideTo(stage.whole)),
  )
}

function keys(): HTMLElement {
  return element(
    'p',
    { class: 'keys', id: 'stage-keys' },
    'Scroll or pinch to come nearer, drag to move. Keys: arrows, + and −, 0 for the whole map, Enter takes the word in the middle, / to search, Escape lets go.',
  )
}
