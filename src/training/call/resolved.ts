import { engineName } from '#platform/training/machine'
import { option, say, WordloomError } from '../../errors.js'
import { hasWorkers, processors } from '../../threads/index.js'
import { canShareMemory, mayCompile, noSharing } from '../../wasm/index.js'
import type { TrainingOptions } from '../options/options.js'
import { fastestSimd, plainOrNone, type Simd } from '../training-kernels.js'

/** What of a call bears on the machine that it runs on. */
interface Asked {
  readonly simd: TrainingOptions['simd'] | undefined
  readonly onWarning: (sentence: string) => void
}

/** What an engine and a processor have a say in. */
type MachineOptions = Pick<TrainingOptions, 'threads' | 'simd'>

/** What is said if the reference has to do what the kernels do elsewhere. */
const IN_TYPESCRIPT =
  'WebAssembly may not be compiled here, and its kernels were not given: training runs in TypeScript, many times more slowly, and its bytes are not those of the kernels'

/**
 * Replaces "as many as there are" and "the fastest there is" by what this machine has. Throws `usage` for a build that
 * was asked for and cannot be had; by default the reference stands in for kernels that may not be compiled, with a
 * warning.
 */
export function resolvedFor<Options extends MachineOptions>(asked: Asked, options: Options): Options {
  return { ...options, threads: threadsFor(options), simd: simdFor(asked, options) }
}

function simdFor(asked: Asked, { simd }: MachineOptions): Simd | 'none' {
  if (simd === 'none') return simd
  if (simd === 'relaxed' && fastestSimd() !== 'relaxed') throw noRelaxedSimd()
  const found = simd === 'plain' ? plainOrNone() : fastestSimd()
  if (found !== 'none') return found
  if (asked.simd === 'plain') throw mayNotCompile('plain')
  asked.onWarning(IN_TYPESCRIPT)
  return found
}

function noRelaxedSimd(): WordloomError {
  if (!mayCompile()) return mayNotCompile('relaxed')
  return new WordloomError('usage', {
    action: 'train',
    found: say`${option('simd')} is relaxed, and ${engineName()} has no relaxed SIMD`,
    cure: say`use ${option('simd', 'plain')}, ${option('simd', 'fastest')} or a newer engine (Node 22, Chrome 114)`,
  })
}

function mayNotCompile(simd: Simd): WordloomError {
  return new WordloomError('usage', {
    action: 'train',
    found: say`${option('simd')} is ${simd}, and WebAssembly may not be compiled here`,
    cure: say`allow it ('wasm-unsafe-eval' in a Content-Security-Policy), give the kernels as modules (useKernels), or leave ${option('simd')} out to train in TypeScript`,
  })
}

function threadsFor({ threads }: MachineOptions): number {
  if (threads <= 1) return threads || (canShareMemory() ? processors() : 1)
  if (!hasWorkers())
    throw new WordloomError('usage', {
      action: 'train',
      found: say`${option('threads')} is ${threads}, and this engine has no threads beside its own`,
      cure: say`leave ${option('threads')} out to train on one`,
    })
  if (!canShareMemory())
    throw new WordloomError('usage', {
      action: 'train',
      found: say`${option('threads')} is ${threads}, and ${noSharing().found}`,
      cure: say`${noSharing().cure}, or leave ${option('threads')} out to train on one`,
    })
  return threads
}
