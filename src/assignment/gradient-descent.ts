/** In iterations: the step is halved this often. */
export const HALVED_EVERY = 20_000

/** The step of an iteration, counted from 1: a function of where the run is, so that a resumed run keeps it. */
export function stepAt(firstStep: number, iteration: number): number {
  return firstStep * 0.5 ** Math.floor((iteration - 1) / HALVED_EVERY)
}

/** `iterations` steps against a gradient of one number, from `start`: the assignment's `sgd`. */
export function descend(
  gradient: (x: number) => number,
  start: number,
  firstStep: number,
  iterations: number,
): number {
  let x = start
  for (let iteration = 1; iteration <= iterations; iteration++)
    x -= stepAt(firstStep, iteration) * gradient(x)
  return x
}
