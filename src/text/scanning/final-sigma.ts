import { CAPITAL_SIGMA, CONTEXTUAL, isCased, JOINER, kindOfAstral, letters, MARK } from './letters.js'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Lower-cases the capital sigmas of a word in place, CE A3: ς where a cased letter stands before it and none behind it,
 * marks and joiners passed over (Unicode, Final_Sigma), else σ. Other letters are lower-cased already.
 */
export function lowerSigmas(word: Uint8Array): void {
  const points = Array.from(decoder.decode(word), character => character.codePointAt(0)!)
  const isCasedFrom = (index: number, step: number) => {
    let at = index + step
    while (at >= 0 && at < points.length && isPassedOver(points[at]!)) at += step
    return at >= 0 && at < points.length && (kindOf(points[at]!) === CONTEXTUAL || isCased(points[at]!))
  }
  let from = 0
  for (const [index, point] of points.entries()) {
    if (point !== CAPITAL_SIGMA) continue
    from = word.indexOf(0xce, from)
    while (word[from + 1] !== 0xa3) from = word.indexOf(0xce, from + 1)
    word[from] = 0xcf
    word[from + 1] = isCasedFrom(index, -1) && !isCasedFrom(index, 1) ? 0x82 : 0x83
  }
}

function isPassedOver(point: number): boolean {
  const kind = kindOf(point)
  return kind === MARK || kind === JOINER
}

function kindOf(point: number): number {
  return point < 0x10000 ? letters().kinds[point]! : kindOfAstral(point)
}
