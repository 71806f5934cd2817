import { option, say, WordloomError, type Words } from '../../errors.js'
import {
  type Architecture,
  architectureOf,
  architectures,
  type Objective,
  objectiveOf,
  objectives,
} from '../../reference/index.js'
import { namesOf } from '../options/entry-names.js'
import type { OptionName, TrainingOptions } from '../options/options.js'

/** Why an option has no effect beside the others, as a clause, and what gives it one. */
interface Idleness {
  readonly because: Words
  readonly unless: Words
}

interface Rule {
  readonly names: readonly OptionName[]
  /** Undefined if the options have an effect. */
  readonly idle: (options: TrainingOptions) => Idleness | undefined
}

/** Options that need others. What one objective or architecture uses is said by its entry. */
const rules: readonly Rule[] = [
  {
    names: ['minNgram', 'maxNgram', 'buckets'],
    idle: ({ subwords }) =>
      subwords
        ? undefined
        : { because: 'training is without sub-words', unless: say`add ${option('subwords', true)}` },
  },
  {
    names: ['negativeSamples', 'noiseExponent'],
    idle: ({ objective }) =>
      objectiveOf(objective).drawsNoise
        ? undefined
        : { because: `${objective} draws no noise words`, unless: setTo('objective', noiseDrawers()) },
  },
  {
    names: ['bag'],
    idle: ({ architecture }) => (architectureOf(architecture).mixesWords ? undefined : alone(architecture)),
  },
  {
    names: ['bagGradient'],
    idle({ architecture, subwords, bag }) {
      if (!architectureOf(architecture).mixesWords && !subwords) return alone(architecture)
      return bag === 'sum'
        ? {
            because: say`${option('bag')} is sum, whose gradient is not divided`,
            unless: setTo('bag', 'mean'),
          }
        : undefined
    },
  },
  {
    names: ['window', 'reach'],
    idle: ({ architecture }) =>
      architectureOf(architecture).leavesWords
        ? {
            because: `${architecture} has no windows`,
            unless: setTo(
              'architecture',
              namesOf<Architecture>(architectures, one => !one.leavesWords),
            ),
          }
        : undefined,
  },
  {
    names: ['window'],
    idle: ({ reach }) =>
      reach === 'sentence'
        ? {
            because: say`${option('reach')} is sentence, for which windows are as wide as the longest sentence`,
            unless: setTo('reach', 'random or full'),
          }
        : undefined,
  },
  {
    names: ['patience'],
    idle: ({ heldOut, patience }) =>
      heldOut > 0 || patience === 0
        ? undefined
        : {
            because: say`${option('heldOut')} is 0, so that there is no held-out loss to wait for`,
            unless: say`set ${option('heldOut')} to the share of the text to set aside`,
          },
  },
  {
    names: ['parts'],
    idle: ({ schedule, parts }) =>
      schedule === 'windows' && parts > 0
        ? { because: say`${option('schedule')} is windows`, unless: setTo('schedule', 'blocks') }
        : undefined,
  },
]

/** Throws `usage` for an option that is given and changes nothing beside the others. */
export function refuseIdle(options: TrainingOptions, given: Partial<TrainingOptions>): void {
  for (const { names, idle } of rules) {
    const name = names.find(one => given[one] !== undefined)
    const reason = name && idle(options)
    if (reason)
      throw new WordloomError('usage', {
        action: 'train',
        found: say`${option(name)} is given, and ${reason.because}`,
        cure: say`${reason.unless}, or leave ${option(name)} out`,
      })
  }
}

function alone(architecture: TrainingOptions['architecture']): Idleness {
  return {
    because: `${architecture} predicts from one vector at a time`,
    unless: setTo(
      'architecture',
      namesOf<Architecture>(architectures, one => one.mixesWords),
    ),
  }
}

function noiseDrawers(): string {
  return namesOf<Objective>(objectives, one => one.drawsNoise)
}

function setTo(name: OptionName, values: string): Words {
  return say`set ${option(name)} to ${values}`
}
