import { hierarchicalSoftmax } from './hierarchical-softmax.js'
import { negativeSampling } from './negative-sampling.js'
import type { Objective } from './objective.js'
import { oneVsAll } from './one-vs-all.js'
import { softmax } from './softmax.js'

/** Every objective; its place is its number in the kernel (`kernels/windows.ts`). The first one is the default. */
export const objectives = [negativeSampling, hierarchicalSoftmax, softmax, oneVsAll] as const

export type ObjectiveName = (typeof objectives)[number]['name']

export function objectiveOf(name: ObjectiveName): Objective {
  return objectives.find(objective => objective.name === name)!
}
