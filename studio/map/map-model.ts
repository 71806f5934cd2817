import { clusterCount, readWordValues } from 'wordloom/map'
import { type CallOptions, GivenUp, MapClient } from './client.js'
import { type Inks, InkWell, lightNow } from './inks.js'
import { fontSizesOf } from './label-look.js'
import type { PictureKind, Question, Questions, VectorSource } from './protocol.js'
import { colorByOf, FIRST, firstLimit, type MapState, NEIGHBORS, placesOf } from './state.js'
import { Words } from './words.js'

const ANSWERS = 5
const CLUSTERS = 12
const SEED = 1
const SAMPLE = { name: 'sample.safetensors', address: 'sample.safetensors' }
/** With fewer words a neighbourhood is most of the map, and the main axes say as much. */
const FEWEST_FOR_LAYOUT = 30

/** What the room shows, and everything that can be done there; the worker does what takes long. */
export class MapModel {
  state: MapState = FIRST
  readonly #announce: (text: string) => void
  readonly #listeners: ((state: MapState) => void)[] = []
  readonly #inkWell = new InkWell()
  #client: MapClient | undefined
  #work = new AbortController()
  #limit = firstLimit()

  constructor(announce: (text: string) => void) {
    this.#announce = announce
  }

  /** Calls with every state from now on. */
  listen(listener: (state: MapState) => void): void {
    this.#listeners.push(listener)
  }

  /** Tells the state again, as when night has come. */
  tell(): void {
    for (const listener of this.#listeners) listener(this.state)
  }

  /** What words are colored with now, once there are words. */
  get inks(): Inks | undefined {
    const { words } = this.state
    return words && this.#inkWell.of(words, colorByOf(this.state), lightNow())
  }

  colorOf(id: number): string {
    return this.inks?.colorOf(id) ?? 'currentColor'
  }

  word(id: number): string {
    return this.state.words?.word(id) ?? ''
  }

  /** Opens the file that the page was served with, and the second if there is one. */
  async start(): Promise<void> {
    const served = servedAt('wordloom-vectors')
    if (served) await this.#openSource({ ...served, limit: this.#limit }, servedAt('wordloom-other'))
  }

  /** Opens the small vectors that the page brings along. */
  async openSample(): Promise<void> {
    await this.#openSource({ ...SAMPLE, limit: this.#limit })
  }

  open(file: File): Promise<void> {
    return this.#openSource({ name: file.name, file, limit: this.#limit })
  }

  async useLimit(limit: number): Promise<void> {
    this.#limit = limit
    const { source } = this.state
    if (source) await this.#openSource({ ...source, limit })
  }

  change(change: { readonly [Key in keyof MapState]?: MapState[Key] | undefined }): void {
    const entries = Object.entries({ ...this.state, ...change }).filter(([, value]) => value !== undefined)
    this.state = Object.fromEntries(entries) as unknown as MapState
    this.tell()
  }

  fail(sentence: string): void {
    this.change({ failure: sentence, work: undefined })
  }

  failToFind(word: string): void {
    this.fail(`“${word}” is not among these words.`)
  }

  /** Gives up what is being worked at. */
  stop(): void {
    this.#work.abort()
  }

  close(): void {
    this.#client?.close()
  }

  async suggest(text: string): Promise<readonly number[]> {
    if (!this.state.words) return []
    return this.#ask('suggest', { text, count: 8 })
  }

  async find(word: string): Promise<number | undefined> {
    return this.state.words && this.#ask('find', { word })
  }

  async select(id: number): Promise<void> {
    await this.#try(async () => {
      const near = await this.#ask('nearest', { id, count: NEIGHBORS })
      const shift = this.state.other && (await this.#ask('shift', { id, count: NEIGHBORS }))
      this.change({ selected: { id, near, ...(shift && { shift }) }, failure: undefined })
      const said = near.ids
        .slice(0, 5)
        .map((other, i) => `${this.word(other)} ${near.similarities[i].toFixed(2)}`)
      this.#announce(`${this.word(id)}: its nearest words are ${said.join(', ')}.`)
    })
  }

  forget(): void {
    if (this.state.selected || this.state.analogy) this.change({ selected: undefined, analogy: undefined })
  }

  async ask(a: number, b: number, c: number): Promise<void> {
    await this.#try(async () => {
      const answers = await this.#ask('analogy', { a, b, c, count: ANSWERS })
      this.change({ analogy: { a, b, c, answers }, selected: undefined, failure: undefined })
      this.#announce(
        `${this.word(a)} is to ${this.word(b)} as ${this.word(c)} is to ${this.word(answers.ids[0])}.`,
      )
    })
  }

  async usePicture(picture: PictureKind): Promise<void> {
    if (picture === 'umap' && (this.state.words?.size ?? 0) < FEWEST_FOR_LAYOUT)
      return this.fail(
        `A layout by neighbours needs ${FEWEST_FOR_LAYOUT} words; the main axes show fewer as well.`,
      )
    this.#work.abort()
    const before = this.state.picture
    this.change({ picture, labels: undefined, trust: undefined, passing: undefined })
    if (picture === 'umap' && this.state.layout?.of !== this.state.mapped && !(await this.#layOut()))
      return void this.usePicture(before === 'umap' && !this.state.layout ? 'pca' : before)
    await this.#finish()
  }

  async useMapped(mapped: number): Promise<void> {
    this.change({ mapped })
    await this.usePicture('umap')
  }

  async openTable(file: File): Promise<void> {
    await this.#try(async () => {
      const table = readWordValues(await file.text(), file.name)
      this.change({ table: { kind: 'table', name: file.name, table }, colorBy: 'table', failure: undefined })
    })
  }

  async openOther(source: Omit<VectorSource, 'limit'>): Promise<void> {
    if (!this.state.words) return this.fail('Open a first file before a second.')
    await this.#try(async () => {
      const whole = { ...source, limit: this.#limit }
      const other = await this.#long('openOther', whole, `Reading ${source.name}`)
      this.change({ other: { ...other, source: whole }, failure: undefined })
      await this.#placeOther()
      const { selected } = this.state
      if (selected) await this.select(selected.id)
    })
  }

  async #openSource(source: VectorSource, other?: Omit<VectorSource, 'limit'>): Promise<void> {
    this.#work.abort()
    this.change({ source, failure: undefined })
    await this.#try(async () => {
      const model = await this.#long('open', source, `Reading ${source.name}`)
      const words = new Words(model)
      const mapped = Math.min(FIRST.mapped, words.size)
      const { table, colorBy } = this.state
      this.state = { ...FIRST, source, model, words, mapped, colorBy, ...(table && { table }) }
      this.change({ flat: await this.#long('flat', {}, 'Finding the main axes') })
      this.change({ naming: await this.#long('naming', {}, 'Choosing words to name') })
      this.#announce(`${model.name}: ${model.size} words, ${model.dimensions} dimensions.`)
      const count = Math.min(CLUSTERS, clusterCount(words.size))
      this.change({ clusters: await this.#long('clusters', { count }, 'Finding groups') })
      await this.#finish()
      if (other) await this.openOther(other)
      if (this.#wantsLayout()) await this.usePicture('umap')
    })
  }

  /** The better picture follows by itself, unless the first one is already being read. */
  #wantsLayout(): boolean {
    const { selected, analogy, picture, words } = this.state
    return !selected && !analogy && picture === 'pca' && (words?.size ?? 0) >= FEWEST_FOR_LAYOUT
  }

  /** Whether there is a layout now; it can be given up. */
  async #layOut(): Promise<boolean> {
    const { mapped } = this.state
    const layout = await this.#try(() =>
      this.#long('layout', { mapped, seed: SEED }, 'Finding true neighbours', true),
    )
    if (!layout) {
      this.change({ passing: undefined, work: undefined })
      return false
    }
    this.change({ layout: { ...layout, of: mapped }, passing: undefined })
    return true
  }

  /** What a picture needs once places are known: room for labels, how far it can be believed, the other model's. */
  async #finish(): Promise<void> {
    const places = placesOf(this.state)
    const { words } = this.state
    if (!places || !words) return
    const { x, y } = places.positions
    await this.#try(async () => {
      const sizes = fontSizesOf(words.parts)
      this.change({ labels: await this.#long('labels', { x, y, sizes }, 'Finding room for labels') })
      if (this.state.other) await this.#placeOther()
      const trust = await this.#long('trust', { x, y, placed: words.size }, 'Measuring trust')
      if (placesOf(this.state)?.positions === places.positions) this.change({ trust })
    })
  }

  async #placeOther(): Promise<void> {
    const { other, picture, layout } = this.state
    if (!other) return
    const kind = picture === 'umap' && layout ? 'umap' : 'pca'
    const places = await this.#long('otherPlaces', { picture: kind }, 'Placing the words of the other model')
    this.change({ other: { ...other, places } })
  }

  /** Work that takes a while is shown, and given up when other work begins. */
  async #long<Name extends Question>(
    question: Name,
    ask: Questions[Name]['ask'],
    doing: string,
    canStop = false,
  ): Promise<Questions[Name]['answer']> {
    if (this.#work.signal.aborted) this.#work = new AbortController()
    const { signal } = this.#work
    this.change({ work: { doing, part: 0, canStop } })
    const onProgress: CallOptions['onProgress'] = ({ positions, ...work }) => {
      if (!signal.aborted)
        this.change({ work: { ...work, canStop }, ...(positions && { passing: positions }) })
    }
    const answer = await this.#ask(question, ask, { onProgress, signal })
    if (signal.aborted) throw new GivenUp()
    this.change({ work: undefined })
    return answer
  }

  async #ask<Name extends Question>(
    question: Name,
    ask: Questions[Name]['ask'],
    options?: CallOptions,
  ): Promise<Questions[Name]['answer']> {
    this.#client ??= new MapClient()
    return this.#client.ask(question, ask, options)
  }

  /** What goes wrong is told in a sentence; what was given up is not. */
  async #try<Result>(act: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await act()
    } catch (error) {
      if (!(error instanceof GivenUp)) this.fail(sentenceOf(error))
      return undefined
    }
  }
}

function servedAt(name: string): Omit<VectorSource, 'limit'> | undefined {
  const mark = document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)
  const address = mark?.content
  return address ? { name: mark.dataset.name ?? address, address } : undefined
}

function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return /[.!?]$/.test(message) ? message : `${message}.`
}
