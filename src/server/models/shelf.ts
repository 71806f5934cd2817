import { WordloomError } from '../../errors.js'
import { overloaded, Refusal } from '../http/refusal.js'
import type { EmbeddingModel } from './embedding-model.js'
import type { LookedUpModel } from './looked-up-model.js'
import { type ClassifierToServe, ServedClassifier } from './served-classifier.js'
import { type ModelToServe, ServedModel } from './served-model.js'

/** Word vectors or a classifier. */
export type AnyModelToServe = ModelToServe | ClassifierToServe

/** What is known of each scan of rows. */
export interface ScanEvent {
  readonly model: string
  /** Questions that are answered together. */
  readonly batch: number
  /** Questions that wait, these included. */
  readonly waiting: number
}

export interface ShelfOptions {
  /** Other names of models: { 'text-embedding-3-small': 'main' }. */
  readonly aliases?: Readonly<Record<string, string>>
  /** Questions for neighbours that may wait for one model: 8,192 if not given. */
  readonly waiting?: number
  readonly onScan?: ((event: ScanEvent) => void) | undefined
}

export type Served = ServedModel | ServedClassifier

/** The models that are served at one time. A request uses one generation from its beginning to its end. */
export class Generation {
  /** In the order in which they were given. */
  readonly all: ReadonlyMap<string, Served>
  /** Of word vectors. */
  readonly models: ReadonlyMap<string, ServedModel>
  readonly #classifiers: ReadonlyMap<string, ServedClassifier>
  readonly #aliases: ReadonlyMap<string, string>
  readonly #lookedUp: ReadonlyMap<string, LookedUpModel | undefined>
  #users = 0
  #isOver = false

  /** While no model is loaded yet, some may be looked up; undefined for those that may not. */
  constructor(
    models: readonly Served[],
    aliases: ReadonlyMap<string, string>,
    lookedUp: ReadonlyMap<string, LookedUpModel | undefined> = new Map(),
  ) {
    const classifiers = models.filter(model => model instanceof ServedClassifier)
    this.all = new Map(models.map(model => [model.name, model]))
    this.models = new Map(
      models.filter(model => model instanceof ServedModel).map(model => [model.name, model]),
    )
    this.#classifiers = new Map(classifiers.map(model => [model.name, model]))
    this.#aliases = aliases
    this.#lookedUp = lookedUp
  }

  /** A model of word vectors by its name, or by another name of it; without one the only one. Throws 400 and 404. */
  find(name: string | undefined): ServedModel {
    return this.#findAmong(this.models, name, 'is a classifier, which has no word vectors')
  }

  /** As `find`, for vectors of texts alone. Throws 503 for a model that is being loaded and cannot be looked up. */
  embedding(name: string | undefined): EmbeddingModel {
    const [first] = this.#lookedUp.keys()
    if (first === undefined) return this.find(name)
    if (name === undefined && this.#lookedUp.size > 1) throw isLoading()
    const own = name === undefined ? first : this.#lookedUp.has(name) ? name : (this.#aliases.get(name) ?? '')
    if (!this.#lookedUp.has(own)) throw this.#unknown(name ?? own)
    const found = this.#lookedUp.get(own)
    if (found) return found
    throw isLoading()
  }

  /** A classifier in the same way. */
  findClassifier(name: string | undefined): ServedClassifier {
    return this.#findAmong(this.#classifiers, name, 'has word vectors, and is no classifier')
  }

  /** A model of any kind by its name. */
  findAny(name: string): Served {
    return this.#findAmong(this.all, name, '')
  }

  #findAmong<Kind extends Served>(
    models: ReadonlyMap<string, Kind>,
    name: string | undefined,
    isOther: string,
  ): Kind {
    const [first] = models.values()
    if (name === undefined && models.size === 1) return first!
    if (name === undefined) throw this.#missing(models)
    const own = this.all.has(name) ? name : (this.#aliases.get(name) ?? '')
    const found = models.get(own)
    if (found) return found
    if (this.all.has(own))
      throw new Refusal(
        400,
        'wrong_model',
        {
          found: `the model ${own} ${isOther}`,
          expected: models.size > 0 ? among([...models.keys()]) : undefined,
        },
        { param: 'model' },
      )
    throw this.#unknown(name)
  }

  #missing(models: ReadonlyMap<string, Served>): Refusal {
    const isNone = models.size === 0 && this.all.size > 0
    const found = isNone ? 'no model of this server can answer this' : 'model is missing'
    const fault = {
      found,
      ...(!isNone && { expected: models.size > 0 ? among([...models.keys()]) : this.#names }),
    }
    return new Refusal(400, isNone ? 'wrong_model' : 'model_missing', fault, { param: 'model' })
  }

  #unknown(name: string): Refusal {
    const shown = name.length > 64 ? `${name.slice(0, 64)}…` : name
    return new Refusal(
      404,
      'model_not_found',
      { found: `there is no model ${JSON.stringify(shown)}`, expected: this.#names },
      { param: 'model' },
    )
  }

  async ready(): Promise<void> {
    await Promise.all([...this.models.values()].map(model => model.ready()))
  }

  hold(): void {
    this.#users++
  }

  release(): void {
    if (--this.#users === 0 && this.#isOver) void this.#close()
  }

  /** Ends its threads, once no request uses it. */
  retire(): void {
    this.#isOver = true
    if (this.#users === 0) void this.#close()
  }

  get #names(): string {
    const names = [...this.all.keys(), ...this.#lookedUp.keys(), ...this.#aliases.keys()]
    return among(names)
  }

  async #close(): Promise<void> {
    const all = [...this.models.values(), ...this.#lookedUp.values()]
    await Promise.allSettled(all.map(model => model?.close()))
  }
}

/** The models of a server, which others may replace while it runs. */
export class Shelf {
  readonly #options: ShelfOptions
  #current: Generation

  /** Throws `usage` for no model, names that two have, and other names of no model. */
  constructor(models: readonly AnyModelToServe[], options: ShelfOptions = {}) {
    this.#options = options
    this.#current = this.#generation(models)
  }

  get current(): Generation {
    return this.#current
  }

  /** Questions that wait for the models of now. */
  get waiting(): number {
    return [...this.#current.models.values()].reduce((sum, { scans }) => sum + scans.waiting, 0)
  }

  /** Settles once questions are answered at once. Rejects if an index cannot be had. */
  ready(): Promise<void> {
    return this.#current.ready()
  }

  /** Serves these from now on. Requests that have begun end with what they began with. Throws as the constructor does, and serves on what it did. */
  async replace(models: readonly AnyModelToServe[]): Promise<void> {
    const next = this.#generation(models)
    try {
      await next.ready()
    } catch (error) {
      next.retire()
      throw error
    }
    const old = this.#current
    this.#current = next
    old.retire()
  }

  /** Ends all threads, once no request uses them. */
  close(): void {
    this.#current.retire()
  }

  #generation(models: readonly AnyModelToServe[]): Generation {
    const { aliases = {}, waiting = 8_192, onScan } = this.#options
    const names = models.map(({ name }) => name)
    checkNames(names, Object.entries(aliases))
    const served: Served[] = []
    try {
      for (const model of models)
        served.push(
          'classifier' in model
            ? new ServedClassifier(model)
            : new ServedModel(model, waiting, (name, facts) => onScan?.({ model: name, ...facts })),
        )
    } catch (error) {
      for (const model of served) if (model instanceof ServedModel) void model.close().catch(() => {})
      throw error
    }
    return new Generation(served, new Map(Object.entries(aliases)))
  }
}

function checkNames(names: readonly string[], aliases: readonly (readonly [string, string])[]): void {
  const fault = (found: string, expected: string) =>
    new WordloomError('usage', { action: 'serve', found, expected })
  if (names.length === 0) throw fault('there is no model', 'one or more')
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice !== undefined) throw fault(`two models are called ${twice}`, 'a name for each')
  for (const [alias, name] of aliases) {
    if (names.includes(alias))
      throw fault(`${alias} is a model and another name of ${name}`, 'names that differ')
    if (!names.includes(name))
      throw fault(`${alias} is to be another name of ${name}, and there is no model ${name}`, among(names))
  }
}

function isLoading(): Refusal {
  return overloaded('loading', 'the model is being loaded')
}

function among(names: readonly string[]): string {
  return names.length === 1 ? names[0]! : `one of ${names.join(', ')}`
}
