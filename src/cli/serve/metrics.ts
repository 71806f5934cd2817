import type { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { AnswerEvent, AnyModelToServe, ScanEvent } from '../../server/index.js'
import { type AnyRoute, record, route } from '../../server/inner.js'

/** What is measured when it is asked for. */
export interface Measured {
  /** Requests that are worked on. */
  readonly working: number
  /** Questions that wait for a scan. */
  readonly waiting: number
}

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const QUESTIONS = [1, 2, 4, 8, 16, 32, 64]

/**
 * Counts for Prometheus. Labels are routes of the table, statuses, codes of refusals and names of served models, so that no
 * request can make a new series.
 */
export class Metrics {
  readonly #registry: Registry
  readonly #series: Series

  static async open(measure: () => Measured): Promise<Metrics> {
    const prom = await import('prom-client') // slow to load, and no other verb needs it
    const registry = new prom.Registry()
    prom.collectDefaultMetrics({ register: registry })
    return new Metrics(registry, seriesIn(registry, prom, measure))
  }

  private constructor(registry: Registry, series: Series) {
    this.#registry = registry
    this.#series = series
  }

  /** GET /metrics, which needs a key if the server has keys. */
  get route(): AnyRoute {
    return route({
      method: 'GET',
      path: '/metrics',
      summary: 'counts and times for Prometheus',
      access: 'key',
      isAlways: true,
      asks: record({}),
      answer: async () => ({
        status: 200,
        headers: { 'content-type': this.#registry.contentType },
        body: await this.#registry.metrics(),
      }),
    })
  }

  answered(event: AnswerEvent): void {
    const { route, status, seconds, code, inputs, tokens, unknownTokens, emptyInputs } = event
    const series = this.#series
    series.requests.inc({ route, status })
    series.seconds.observe({ route }, seconds)
    if (code !== undefined) series.rejected.inc({ reason: code })
    if (inputs) series.inputs.inc(inputs)
    if (tokens) series.tokens.inc(tokens)
    if (unknownTokens) series.unknownTokens.inc(unknownTokens)
    if (emptyInputs) series.emptyInputs.inc(emptyInputs)
  }

  scanned({ batch }: ScanEvent): void {
    this.#series.batch.observe(batch)
  }

  /** The models that are served from now on. */
  serves(models: readonly AnyModelToServe[]): void {
    const { model } = this.#series
    model.reset()
    for (const one of models) {
      const { name, digest = '' } = one
      const isClassifier = 'classifier' in one
      const words = isClassifier ? '' : String(one.vectors.size)
      const { dimensions } = isClassifier ? one.classifier : one.vectors
      model.set({ model: name, digest, words, dimensions: String(dimensions) }, 1)
    }
  }

  /** Without models if one could not be read. */
  reloaded(models: readonly AnyModelToServe[] | undefined): void {
    this.#series.reloads.inc({ result: models ? 'ok' : 'failed' })
    if (models) this.serves(models)
  }
}

interface Series {
  readonly requests: Counter<'route' | 'status'>
  readonly seconds: Histogram<'route'>
  readonly rejected: Counter<'reason'>
  readonly inputs: Counter
  readonly tokens: Counter
  readonly unknownTokens: Counter
  readonly emptyInputs: Counter
  readonly batch: Histogram
  readonly model: Gauge<'model' | 'digest' | 'words' | 'dimensions'>
  readonly reloads: Counter<'result'>
}

function seriesIn(
  registry: Registry,
  { Counter, Gauge, Histogram }: typeof import('prom-client'),
  measure: () => Measured,
): Series {
  const of = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) => ({
    name: `wordloom_${name}`,
    help,
    labelNames: [...labelNames],
    registers: [registry],
  })
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      ...of(name, help),
      collect() {
        this.set(value())
      },
    })
  gauge('queue_size', 'Questions for neighbours that wait.', () => measure().waiting)
  gauge('requests_in_progress', 'Requests that are worked on.', () => measure().working)
  return {
    requests: new Counter(of('requests_total', 'Requests that were answered.', ['route', 'status'])),
    seconds: new Histogram({
      ...of('request_seconds', 'Time from the head of a request to its answer.', ['route']),
      buckets: SECONDS,
    }),
    rejected: new Counter(of('rejected_total', 'Requests that were refused.', ['reason'])),
    inputs: new Counter(of('inputs_total', 'Texts and questions.')),
    tokens: new Counter(of('tokens_total', 'Words of texts.')),
    unknownTokens: new Counter(of('unknown_tokens_total', 'Words of texts that have no vector.')),
    emptyInputs: new Counter(of('empty_inputs_total', 'Texts without a known word.')),
    batch: new Histogram({
      ...of('batch_size', 'Questions that were answered by one scan.'),
      buckets: QUESTIONS,
    }),
    model: new Gauge(of('model_info', 'A model that is served.', ['model', 'digest', 'words', 'dimensions'])),
    reloads: new Counter(of('reloads_total', 'Times that the models were read anew.', ['result'])),
  }
}
