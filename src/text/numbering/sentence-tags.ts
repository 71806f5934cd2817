/** Which tags each sentence of a text has. */
export interface SentenceTags {
  /** In the order in which they appear. */
  readonly names: readonly string[]
  /** By sentence, and one more: where its tags begin in `tags`. */
  readonly starts: Uint32Array
  /** Places among the names. */
  readonly tags: Uint32Array
}

/** Gathers tags sentence by sentence. */
export class TagCollector {
  readonly #places = new Map<string, number>()
  readonly #starts = [0]
  readonly #tags: number[] = []
  #now: readonly string[] = []

  /** The tags of all sentences from now on; they have a place once there is a sentence. */
  set(tags: readonly string[]): void {
    this.#now = tags
  }

  endSentence(): void {
    for (const tag of this.#now) this.#tags.push(this.#placeOf(tag))
    this.#starts.push(this.#tags.length)
  }

  #placeOf(tag: string): number {
    const place = this.#places.get(tag) ?? this.#places.size
    this.#places.set(tag, place)
    return place
  }

  finish(): SentenceTags {
    return {
      names: [...this.#places.keys()],
      starts: Uint32Array.from(this.#starts),
      tags: Uint32Array.from(this.#tags),
    }
  }
}

/** The tags of the sentences that are kept, without names that only others have. */
export function keptTags({ names, starts, tags }: SentenceTags, kept: Uint8Array): SentenceTags {
  const collector = new TagCollector()
  for (let sentence = 0; sentence < kept.length; sentence++) {
    if (kept[sentence] === 0) continue
    const own = tags.subarray(starts[sentence]!, starts[sentence + 1]!)
    collector.set(Array.from(own, tag => names[tag]!))
    collector.endSentence()
  }
  return collector.finish()
}
