/** 3CosAdd adds cosines (Mikolov et al. 2013), 3CosMul multiplies them (Levy and Goldberg 2014). */
export const analogyMethods = ['add', 'multiply'] as const
export type AnalogyMethod = (typeof analogyMethods)[number]

/** Keeps 3CosMul from dividing by zero, as in the paper's experiments. */
export const EPSILON = 0.000001

/** 3CosMul of one candidate from its cosines to a, b and c, each moved from [−1, 1] to [0, 1]. */
export function threeCosMul(toA: number, toB: number, toC: number): number {
  return (((1 + toB) / 2) * ((1 + toC) / 2)) / ((1 + toA) / 2 + EPSILON)
}
