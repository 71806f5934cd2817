import { SingleBar } from 'cli-progress'
import type { ClassifierProgress, LineProgress } from '../../classification/index.js'
import type { LoadProgress } from '../../formats/index.js'
import type { Progress } from '../../training/index.js'
import { clock, counted, megabytes, short } from './figures.js'
import { canRewrite, type Paint, paintFor, tell } from './terminal.js'

type TextReading = Extract<Progress, { phase: 'reading' }>
/** Of a text, of a file of vectors, or of labelled lines. */
type Reading =
  | TextReading
  | (LoadProgress & { readonly tokens?: undefined })
  | (LineReading & { readonly tokens?: undefined; readonly totalBytes?: undefined })
type LineReading = Extract<ClassifierProgress, { phase: 'reading' }>
type Training = Extract<Progress, { phase: 'training' }> | LineProgress

/** Shows how reading and training go, on standard error: a live bar in a terminal, a line now and then elsewhere. */
export interface ProgressDisplay {
  show(progress: Reading | Training): void
  /** Tells something between the reading and the training. */
  say(sentence: string): void
  /** Leaves the terminal as it was. */
  stop(): void
}

export function progressDisplay(quiet: boolean): ProgressDisplay {
  if (quiet) return { show: () => {}, say: () => {}, stop: () => {} }
  return canRewrite() ? new LiveBar() : new Lines()
}

const BAR_COLUMNS = 16 // the whole line fits 80
const FRACTIONS = 1000 // steps of the bar

/** One line that is drawn again and again: the reading, then the training. */
class LiveBar implements ProgressDisplay {
  readonly #paint = paintFor(process.stderr)
  #bar: SingleBar | undefined
  #latest: Reading | Training | undefined

  constructor() {
    process.once('exit', () => this.stop()) // a second Ctrl-C
  }

  show(progress: Reading | Training): void {
    if (this.#latest?.phase === 'reading' && progress.phase === 'training') this.#endReading(this.#latest)
    this.#latest = progress
    this.#bar ??= this.#start()
    this.#bar.update(Math.round(FRACTIONS * fractionOf(progress)))
  }

  say(sentence: string): void {
    if (this.#latest?.phase === 'reading') this.#endReading(this.#latest)
    this.#latest = undefined
    tell(sentence)
  }

  stop(): void {
    this.#bar?.stop()
    this.#bar = undefined
  }

  #endReading(reading: Reading): void {
    this.stop()
    if (reading.tokens !== undefined || 'lines' in reading) tell(this.#paint('dim', readingDone(reading)))
  }

  #start(): SingleBar {
    const bar = new SingleBar({
      stream: process.stderr,
      clearOnComplete: true,
      fps: 10,
      format: () => (this.#latest ? barLine(this.#latest, this.#paint) : ''),
    })
    bar.start(FRACTIONS, 0)
    return bar
  }
}

/** At most one line for the reading and one for every tenth of the training. */
class Lines implements ProgressDisplay {
  #tenths = 0
  #latest: Reading | Training | undefined

  show(progress: Reading | Training): void {
    if (progress.phase === 'training') {
      if (this.#latest?.phase === 'reading') tell(readingDone(this.#latest))
      const tenths = Math.floor(progress.fraction * 10)
      if (tenths > this.#tenths && tenths < 10) tell(trainingLine(progress))
      this.#tenths = Math.max(tenths, this.#tenths)
    }
    this.#latest = progress
  }

  say(sentence: string): void {
    if (this.#latest?.phase === 'reading') tell(readingDone(this.#latest))
    this.#latest = undefined
    tell(sentence)
  }

  stop(): void {}
}

function fractionOf(progress: Reading | Training): number {
  if (progress.phase === 'training') return progress.fraction
  return progress.totalBytes ? progress.bytes / progress.totalBytes : 0
}

function barLine(progress: Reading | Training, paint: Paint): string {
  const fraction = fractionOf(progress)
  const full = Math.round(BAR_COLUMNS * fraction)
  const bar = paint('cyan', '━'.repeat(full)) + paint('dim', '─'.repeat(BAR_COLUMNS - full))
  const percent = `${Math.floor(100 * fraction)} %`.padStart(5)
  if (progress.phase === 'training')
    return `epoch ${progress.epoch}/${progress.epochs} ${bar} ${percent}  ${pace(progress).join('  ')}`
  const { bytes, tokens } = progress
  const lines = 'lines' in progress ? `, ${counted(progress.lines, 'line')}` : ''
  const read = tokens === undefined ? megabytes(bytes) + lines : `${megabytes(bytes)}, ${short(tokens)} words`
  return progress.totalBytes ? `reading ${bar} ${percent}  ${read}` : `reading  ${read}`
}

function trainingLine(progress: Training): string {
  const percent = Math.floor(100 * progress.fraction)
  return `epoch ${progress.epoch}/${progress.epochs}, ${percent} %: ${pace(progress).join(', ')}`
}

function pace(training: Training): string[] {
  const { loss, secondsLeft, fraction } = training
  if (loss === undefined && fraction === 0) return ['starting']
  return [
    'wordsPerSecond' in training
      ? `${short(training.wordsPerSecond)} words/s`
      : `${short(training.linesPerSecond)} lines/s`,
    ...(loss === undefined ? [] : [`loss ${loss.toFixed(3)}`]),
    ...(Number.isFinite(secondsLeft) ? [`${clock(secondsLeft)} left`] : []),
  ]
}

function readingDone(reading: Reading): string {
  const { bytes, tokens = 0 } = reading
  if ('lines' in reading) return `read ${megabytes(bytes)}: ${counted(reading.lines, 'line')}`
  return `read ${megabytes(bytes)}: ${counted(tokens, 'word')} of text`
}
