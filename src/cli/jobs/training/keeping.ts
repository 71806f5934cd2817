import { option, say, WordloomError } from '../../../errors.js'
import { isStream } from '../../../files/index.js'
import type { KeepingOptions } from '../../../training/index.js'
import { companionName } from '../../files/companion-name.js'
import { shownOutput } from '../../files/output-files.js'
import type { TrainFlags } from '../../flags/train.js'

type KeepingFlags = Pick<TrainFlags, 'checkpoint' | 'checkpointEvery' | 'resume' | 'restart'>

/** Where and how a run is kept; beside what is no plain file nothing is, unless a place is named. Throws `usage`. */
export async function keepingOf(output: string, flags: KeepingFlags): Promise<KeepingOptions> {
  const { checkpoint, checkpointEvery, resume, restart } = flags
  if (resume && restart)
    throw new WordloomError('usage', {
      found: say`${option('resume')} goes on and ${option('restart')} begins anew`,
      cure: 'give one of them',
    })
  const place = await placeOf(output, checkpoint)
  if (place === undefined) {
    refuseNeeding(output, flags)
    return {}
  }
  return {
    checkpoint: place,
    ...(checkpointEvery !== undefined && { checkpointEvery }),
    ...(resume && { resume }),
    ...(restart && { restart }),
  }
}

/** Throws `usage` if the place is named and is no plain file. */
async function placeOf(output: string, given: string | false | undefined): Promise<string | undefined> {
  if (given === false) return undefined
  if (given === undefined) return (await isStream(output)) ? undefined : companionName(output, '.checkpoint')
  if (!(await isStream(given))) return given
  throw new WordloomError('usage', {
    found: say`${option('checkpoint')} is ${given}`,
    expected: 'a plain file, in which a run can be kept',
    cure: 'give a file name',
  })
}

/** Without a checkpoint there is nothing to go on from. */
function refuseNeeding(output: string, flags: KeepingFlags): void {
  const needing = (['resume', 'restart', 'checkpointEvery'] as const).find(name => flags[name] !== undefined)
  if (needing === undefined) return
  throw new WordloomError('usage', {
    found:
      flags.checkpoint === false
        ? say`${option('checkpoint', false)} keeps nothing, and ${option(needing)} needs a checkpoint`
        : say`no checkpoint lies beside ${shownOutput(output)}, and ${option(needing)} needs one`,
    cure:
      flags.checkpoint === false
        ? say`leave out ${option('checkpoint', false)} or ${option(needing)}`
        : say`name one with ${option('checkpoint')}`,
  })
}
