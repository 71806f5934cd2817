/**
 * The table of replacements that sentencepiece compiles into a model, in base64: the bytes of a trie as a uint32, a double
 * array of uint32 (Aoe 1989, as darts-clone packs it), and the replacements, each ended by a zero byte.
 */
export function charsmapOf(base64: string): (text: string) => string {
  const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))
  const view = new DataView(bytes.buffer)
  const size = bytes.length < 4 ? 0 : view.getUint32(0, true)
  if (size % 4 !== 0 || size + 4 > bytes.length)
    throw new RangeError('the table of its normalizer is cut off')
  const units = Uint32Array.from({ length: size / 4 }, (_, i) => view.getUint32(4 + 4 * i, true))
  const table = new Charsmap(units, bytes.subarray(4 + size))
  return text => table.replaced(text)
}

/** Longer clusters are looked up character by character, as the original does it. */
const LONGEST_CLUSTER = 6

class Charsmap {
  readonly #units: Uint32Array
  readonly #replacements: Uint8Array
  readonly #encoder = new TextEncoder()
  readonly #decoder = new TextDecoder()
  readonly #clusters = new Intl.Segmenter('und', { granularity: 'grapheme' })
  readonly #known = new Map<string, string | undefined>()

  constructor(units: Uint32Array, replacements: Uint8Array) {
    this.#units = units
    this.#replacements = replacements
  }

  /** Whole clusters of characters first, so that a letter and its accent become one. */
  replaced(text: string): string {
    let all = ''
    for (const { segment } of this.#clusters.segment(text)) all += this.#cluster(segment)
    return all
  }

  #cluster(cluster: string): string {
    const whole = this.#encoder.encode(cluster).length < LONGEST_CLUSTER ? this.#find(cluster) : undefined
    if (whole !== undefined) return whole
    let all = ''
    for (const character of cluster) all += this.#find(character) ?? character
    return all
  }

  #find(text: string): string | undefined {
    if (!this.#known.has(text)) this.#known.set(text, this.#look(this.#encoder.encode(text)))
    return this.#known.get(text)
  }

  /** The replacement of the shortest beginning that has one. */
  #look(bytes: Uint8Array): string | undefined {
    let node = offsetOf(this.#units[0] ?? 0)
    for (const byte of bytes) {
      node ^= byte
      const unit = this.#units[node] ?? 0
      if (byte === 0 || (unit & 0x800000ff) !== byte) return undefined // a leaf has the highest bit
      node ^= offsetOf(unit)
      if (unit & 0x100) return this.#replacement((this.#units[node] ?? 0) & 0x7fffffff)
    }
    return undefined
  }

  #replacement(start: number): string {
    const end = this.#replacements.indexOf(0, start)
    return this.#decoder.decode(this.#replacements.subarray(start, end < 0 ? undefined : end))
  }
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6)
}
