/** Falls in a straight line from `start` to `end` while `progress` goes from 0 to 1. */
export function learningRate(progress: number, start: number, end: number): number {
  return start + (end - start) * progress
}
