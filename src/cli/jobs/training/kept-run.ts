import { WordloomError } from '../../../errors.js'
import {
  type CheckpointReport,
  hasCheckpoint,
  removeCheckpoint,
  type TrainCall,
} from '../../../training/index.js'
import { resumeLine } from '../../terminal/resume-line.js'
import { paintFor, tell, visible } from '../../terminal/terminal.js'

/** What checkpoints took, of a whole training. */
export interface CheckpointCosts {
  readonly written: number
  /** Of the last one. */
  readonly bytes: number
  /** In all. */
  readonly stallSeconds: number
}

/** What is known of a run's checkpoints, in words for a person. */
export class KeptRun {
  readonly costs = { written: 0, bytes: 0, stallSeconds: 0 }
  #kept = false
  #failure: string | undefined // told once, and not again until another comes
  readonly #tell: (text: string) => void

  /** `beforeTelling` makes room on the terminal. */
  constructor(beforeTelling: () => void) {
    this.#tell = text => {
      beforeTelling()
      tell(`${paintFor(process.stderr)('yellow', 'wordloom:')} ${visible(text)}`)
    }
  }

  /** What training calls. */
  calls(quiet: boolean): Pick<TrainCall, 'onResume' | 'onCheckpoint'> {
    return {
      onResume: ({ path, epoch, damaged }) => {
        this.#kept = true
        for (const damage of damaged) this.#tell(damage)
        if (!quiet || damaged.length > 0) this.#tell(`going on from ${path}, in epoch ${epoch}`)
      },
      onCheckpoint: report => this.#onCheckpoint(report),
    }
  }

  /** How a run ends that was stopped. */
  stopped(): WordloomError {
    return new WordloomError('aborted', {
      found: this.#kept ? `stopped; go on with: ${resumeLine()}` : 'stopped; nothing was saved',
    })
  }

  /** Whatever ended a run, its checkpoints are there, unless somebody removed them. */
  async tellOfFailure(error: unknown, path: string | undefined): Promise<void> {
    if (!this.#kept || path === undefined) return
    if (error instanceof WordloomError && error.code === 'bad-data') return
    const isThere = await hasCheckpoint(path)
    this.#tell(
      isThere
        ? `the last checkpoint is kept; go on with: ${resumeLine()}`
        : `the checkpoints ${path} are gone, and there is nothing to go on from`,
    )
  }

  #onCheckpoint({ bytes, stallSeconds, error }: CheckpointReport): void {
    if (error) {
      if (this.#failure !== error.message) this.#tell(`${error.message} Training goes on.`)
      this.#failure = error.message
      return
    }
    if (this.#failure !== undefined) this.#tell('checkpoints are written again')
    this.#failure = undefined
    this.#kept = true
    this.costs.written++
    this.costs.bytes = bytes
    this.costs.stallSeconds += stallSeconds
  }

  /** Once the outputs are written. What cannot be removed is no failure any more. */
  async remove(path: string): Promise<void> {
    await removeCheckpoint(path).catch(error =>
      this.#tell(
        `the checkpoints ${path} are not needed any more, but cannot be removed (${error instanceof WordloomError ? error.message : error.code})`,
      ),
    )
  }
}
