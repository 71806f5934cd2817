/** fastText's factor between the words of an n-gram; it fits into 27 bits. */
const FACTOR = 116_049_371
const HALF = 2 ** 32

/**
 * The buckets of the n-grams of 2 … `longest` words, by where they begin, then by length. A word is the 32 bits of its hash,
 * signed; an n-gram's hash is H ← H · 116049371 + word, in 64 bits without sign, and its bucket is what is left of that.
 * Both halves are numbers of JavaScript, which are exact below 2^53: BigInt would take 20 times as long.
 */
export function visitWordNgrams(
  hashes: ArrayLike<number>,
  longest: number,
  buckets: number,
  visit: (bucket: number, first: number, last: number) => void,
): void {
  for (let first = 0; first < hashes.length; first++) {
    let low = hashes[first]! >>> 0
    let high = hashes[first]! >> 31
    for (let last = first + 1; last < Math.min(hashes.length, first + longest); last++) {
      const lower = (low & 0xffff) * FACTOR
      const upper = (low >>> 16) * FACTOR + Math.floor(lower / 65_536)
      const word = hashes[last]!
      // operators of bits take the lowest 32 of any number that is exact
      const sum = (upper & 0xffff) * 65_536 + (lower & 0xffff) + (word >>> 0)
      high =
        (Math.imul(high, FACTOR) + Math.floor(upper / 65_536) + Math.floor(sum / HALF) + (word >> 31)) | 0
      low = sum >>> 0
      visit(remainder(high >>> 0, low, buckets), first, last)
    }
  }
}

/** (high · 2^32 + low) mod buckets; buckets are below 2^31, so that each product is exact. */
function remainder(high: number, low: number, buckets: number): number {
  const upper = modulo(modulo(high, buckets) * 65_536 + (low >>> 16), buckets)
  return modulo(upper * 65_536 + (low & 0xffff), buckets)
}

/** The operator % takes ten times as long for numbers beyond 32 bits. The quotient may be rounded up by one. */
function modulo(number: number, divisor: number): number {
  const rest = number - Math.floor(number / divisor) * divisor
  return rest < 0 ? rest + divisor : rest
}
