import { basename } from 'node:path'
import type { Interval } from '../../evaluation/index.js'
import { visible } from '../terminal/terminal.js'

/** The names of files without their folders, or with them if two would be the same. */
export function setNames(files: readonly string[]): string[] {
  const names = files.map(file => basename(file))
  return files.map((file, i) => {
    const isClear = names.indexOf(names[i]!) === names.lastIndexOf(names[i]!)
    return visible(isClear ? names[i]! : file)
  })
}

export function percent(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(1)} %`
}

export function correlation(value: number | null): string {
  return value === null ? '–' : value.toFixed(3)
}

/** No smaller p-value can come of 1000 resamples than 0.002. */
export function probability(p: number | null): string {
  return p === null ? '–' : p.toFixed(3)
}

export function bounds(interval: Interval | null, figure: (x: number) => string): string {
  return interval === null ? '–' : interval.map(figure).join('…')
}
