import { option, say, type Words } from '../../errors.js'
import type { TrainingOptions } from '../options/options.js'
import { canGoInBlocks } from '../plan/schedule.js'
import type { Run } from '../run/prepare.js'

/** Says that fewer threads train than were asked for, why, and what gives the others work; undefined if all train. */
export function idleThreads(
  asked: number | undefined,
  { plan, tasks }: Run,
  options: TrainingOptions,
): Words | undefined {
  const used = plan.schedule === 'blocks' ? Math.min(tasks.length, plan.parts) : tasks.length
  if (asked === undefined || asked <= used) return undefined
  return say`${option('threads')} is ${asked}, and ${used === 1 ? 'one thread trains' : `${used} threads train`}: ${reason(used, plan, options)}`
}

function reason(used: number, { schedule, parts }: Run['plan'], options: TrainingOptions): Words {
  if (schedule === 'blocks' && used === parts)
    return say`the vocabulary is in ${parts} parts, and a thread trains one at a time. More ${option('parts')} give work to more threads`
  if (schedule === 'windows' && options.schedule === 'auto')
    return canGoInBlocks(options)
      ? say`the text is too small for blocks, and windows give the same bytes every time on one thread only. Set ${option('schedule')} to blocks to use more`
      : say`${kindOf(options)} is trained window by window, which gives the same bytes every time on one thread only. Set ${option('schedule')} to windows to use all threads, with other bytes each time`
  return 'the text is too short to be shared among more'
}

function kindOf({ architecture, objective, subwords }: TrainingOptions): string {
  return `${architecture} with ${objective}${subwords ? ' and sub-words' : ''}`
}
