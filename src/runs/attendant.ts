import { endOrAbort } from '../abort.js'
import { option, say, WordloomError } from '../errors.js'
import { hasWorkers } from '../threads/index.js'
import { canShareMemory, noSharing } from '../wasm/index.js'
import { NotFinite } from './checkpoint-rows.js'
import type { Unsettled } from './checkpoint-store.js'
import type { Control } from './control.js'
import { Occasion } from './pauses.js'
import type { UnawaitedCalls } from './unawaited-calls.js'

/** A checkpoint that was written, or could not be; training goes on in either case. */
export interface CheckpointReport {
  readonly path: string
  readonly bytes: number
  /** How long training stood still. */
  readonly stallSeconds: number
  /** From the beginning until it counted; training goes on for most of them. */
  readonly seconds: number
  /** Why it could not be written: `not-written`. The one before it is untouched. */
  readonly error?: WordloomError
}

/** Called while training waits for the end of the call; an error thrown there ends training. */
export interface Hooks<Moment> {
  /** After every epoch, its held-out loss included. */
  readonly onEpoch?: (moment: Moment) => void | Promise<void>
  /** After every step, of which an epoch has about twenty; or at times, with `stepSeconds`. */
  readonly onStep?: (moment: Moment) => void | Promise<void>
  /** Seconds from one call of onStep to the next, instead of every step. */
  readonly stepSeconds?: number
  /** After each checkpoint; training does not wait for this. */
  readonly onCheckpoint?: (report: CheckpointReport) => void
}

/** What a call is given, and the door to close when it is over. */
export interface OpenMoment<Moment> {
  readonly moment: Moment
  /** Whether the call asked to end training. */
  readonly stopAsked: () => boolean
  readonly end: () => void
}

/** Where a run is kept: a `Keeping` that has begun. */
interface Keeper {
  readonly path: string
  /** Writes the run as it stands, while its threads wait. Throws NotFinite, and what the disk throws. */
  write(): Promise<Unsettled>
  /** An error of the disk as one of ours. Throws it if it is not an error of the disk. */
  explain(error: unknown): Promise<WordloomError>
}

/** The run that an attendant serves, and what it does for it. */
export interface Duties<Moment> extends Hooks<Moment> {
  readonly control: Control
  /** Looked at in each pause: why the run is given up. It is never undefined if a row was not finite. */
  readonly divergence: (found?: NotFinite) => WordloomError | undefined
  readonly momentOf: () => OpenMoment<Moment>
  readonly keeping: Keeper | undefined
  /** Seconds from one checkpoint to the next; by default 60, or more if one takes long. */
  readonly checkpointEvery: number | undefined
  readonly signal: AbortSignal | undefined
  /** Those that training does not wait for; what one throws ends training after a last checkpoint. */
  readonly calls: UnawaitedCalls
  /** Asks for a checkpoint now. */
  readonly checkpointNow: EventTarget | undefined
}

/** How often to look whether the threads wait, in milliseconds. */
const OFTEN = 2
const SELDOM = 50
/** Seconds from one checkpoint to the next by default; longer if writing one takes over a hundredth of that. */
const EVERY = 60
const SHARE = 0.01

/** Does what must be done while the threads of a run wait: makes calls, writes checkpoints, and ends training early. */
export class Attendant<Moment> {
  readonly #duties: Duties<Moment>
  #settling: Promise<void> | undefined
  #checkpointDue = Number.POSITIVE_INFINITY
  #stepDue: number
  #checkpointAsked = false
  #stoppedByCall = false

  /** Throws `usage` in a page whose threads share no memory, and if there are none: nothing could wait there. */
  constructor(duties: Duties<Moment>) {
    this.#duties = duties
    const { keeping, onEpoch, onStep, stepSeconds, control } = duties
    if (keeping || onEpoch || onStep) refuseUnlessThreadsWait()
    if (onEpoch) control.pauses.wantEvery(Occasion.epoch)
    if (onStep && !stepSeconds) control.pauses.wantEvery(Occasion.step)
    this.#stepDue = onStep && stepSeconds ? now() + stepSeconds : Number.POSITIVE_INFINITY
    if (keeping) this.#checkpointDue = now() + (duties.checkpointEvery ?? EVERY)
  }

  /** Whether a call ended training; the result is then what was learned so far. */
  get stoppedByCall(): boolean {
    return this.#stoppedByCall
  }

  /** Throws, after a last checkpoint, what an unawaited call threw when the threads were done already. */
  async finish(): Promise<void> {
    await after(0) // a promise may have been rejected just now
    const { thrown } = this.#duties.calls
    if (thrown) await this.#leaveWith(thrown.error)
  }

  /** Until the threads are done. Throws the errors of a call, `aborted`, and those of `working`. */
  async attend(working: Promise<void>): Promise<void> {
    const { control } = this.#duties
    let over = false
    const finished = working
      .then(
        () => {},
        error => ({ error }),
      )
      .finally(() => {
        over = true
      })
    const ask = () => {
      this.#checkpointAsked = true
    }
    this.#duties.checkpointNow?.addEventListener('checkpoint', ask)
    try {
      while (!over) {
        await Promise.race([finished, after(this.#rest())])
        if (!over) await this.#look()
      }
      await this.#settling
    } catch (error) {
      control.stop()
      await finished
      await this.#settling?.catch(() => {})
      throw error
    } finally {
      this.#duties.checkpointNow?.removeEventListener('checkpoint', ask)
    }
    const failure = await finished
    if (failure) throw failure.error
  }

  /** Milliseconds until it is time to look again. */
  #rest(): number {
    const { control, onEpoch, onStep } = this.#duties
    return onEpoch || onStep || control.pauses.isAskedFor ? OFTEN : SELDOM
  }

  async #look(): Promise<void> {
    const { keeping, control, calls } = this.#duties
    const { pauses } = control
    if (!keeping) calls.check() // without a last checkpoint
    if (this.#wantsCheckpoint() || this.#aborted || calls.thrown || now() >= this.#stepDue) pauses.ask()
    const { occasion } = pauses
    if (occasion === undefined) return
    await this.#serve(occasion)
    pauses.end()
  }

  get #aborted(): boolean {
    return this.#duties.keeping !== undefined && this.#duties.signal?.aborted === true
  }

  #wantsCheckpoint(): boolean {
    if (!this.#duties.keeping || this.#settling) return false
    return this.#checkpointAsked || now() >= this.#checkpointDue
  }

  async #serve(occasion: Occasion): Promise<void> {
    const { divergence, calls } = this.#duties
    const diverged = divergence()
    if (diverged) throw diverged
    if (this.#aborted) return this.#keepAndLeave()
    if (calls.thrown) return this.#leaveWith(calls.thrown.error)
    if (this.#wantsCheckpoint()) await this.#checkpoint()
    try {
      await this.#call(occasion)
    } catch (error) {
      await this.#leaveWith(error)
    }
    if (this.#aborted) return this.#keepAndLeave()
  }

  async #leaveWith(error: unknown): Promise<never> {
    await this.#keepLast()
    throw error
  }

  async #call(occasion: Occasion): Promise<void> {
    const { control, momentOf, onEpoch, onStep, stepSeconds, signal } = this.#duties
    const calls = []
    if (onStep && (stepSeconds ? now() >= this.#stepDue : occasion !== Occasion.part)) calls.push(onStep)
    if (onEpoch && occasion === Occasion.epoch) calls.push(onEpoch)
    for (const call of calls) {
      const { moment, stopAsked, end } = momentOf()
      try {
        await endOrAbort(call(moment), signal)
      } finally {
        end()
      }
      if (stopAsked()) this.#stoppedByCall = true
    }
    if (onStep && calls.includes(onStep) && stepSeconds) this.#stepDue = now() + stepSeconds
    if (this.#stoppedByCall) control.stop()
  }

  /** The caller has aborted: a last checkpoint, which must count. Throws. */
  async #keepAndLeave(): Promise<never> {
    const report = await this.#keepLast()
    if (report?.error) throw report.error
    throw new WordloomError(
      'aborted',
      {
        found: `training was stopped before its end, and ${this.#duties.keeping!.path} holds it`,
        cure: say`go on with ${option('resume', true)}`,
      },
      { cause: this.#duties.signal?.reason },
    )
  }

  async #keepLast(): Promise<CheckpointReport | undefined> {
    if (!this.#duties.keeping) return undefined
    await this.#settling
    let last: CheckpointReport | undefined
    await this.#checkpoint(report => {
      last = report
    })
    await this.#settling
    return last
  }

  /** Training waits while the bytes are written, and goes on while they are made to count. */
  async #checkpoint(tell: (report: CheckpointReport) => void = () => {}): Promise<void> {
    const { divergence, keeping, onCheckpoint, calls } = this.#duties
    this.#checkpointAsked = false
    const start = now()
    const told = (bytes: number, stalled: number, error?: WordloomError) => {
      const report = {
        path: keeping!.path,
        bytes,
        stallSeconds: stalled - start,
        seconds: now() - start,
        ...(error && { error }),
      }
      this.#checkpointDue = now() + this.#pauseAfter(report)
      tell(report)
      calls.make(() => onCheckpoint?.(report))
    }
    try {
      const unsettled = await keeping!.write()
      const stalled = now()
      this.#settling = unsettled
        .settle()
        .then(
          () => told(unsettled.bytes, stalled),
          async error => told(unsettled.bytes, stalled, await keeping!.explain(error)),
        )
        .finally(() => {
          this.#settling = undefined
        })
      this.#settling.catch(() => {}) // it is awaited later
    } catch (error) {
      if (error instanceof NotFinite) throw divergence(error) ?? error
      told(0, now(), await keeping!.explain(error))
    }
  }

  #pauseAfter({ seconds }: CheckpointReport): number {
    return this.#duties.checkpointEvery ?? Math.max(EVERY, seconds / SHARE)
  }
}

function refuseUnlessThreadsWait(): void {
  const action = 'train with checkpoints, onEpoch or onStep'
  const expected = 'threads that share memory'
  if (!hasWorkers())
    throw new WordloomError('usage', {
      action,
      found: 'this engine has no threads beside its own',
      expected,
      cure: 'train without them',
    })
  if (!canShareMemory())
    throw new WordloomError('usage', {
      action,
      ...noSharing(),
      expected,
    })
}

function now(): number {
  return performance.now() / 1000
}

function after(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds))
}
