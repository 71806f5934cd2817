import { breathe, stopIfAborted } from '../abort.js'
import { SENTENCE_END, type TokenIds } from '../text/index.js'

/** Takes the words of a text one by one, as ids. */
export interface IdSink {
  /** A word, and the number of words of the text that it stands for: one, unless they were joined. */
  word(id: number, length: number): void
  endSentence(): void
}

const PART = 1 << 16

/** Gives all ids to a sink, part by part; throws `aborted`. */
export async function pour(ids: TokenIds, sink: IdSink, signal?: AbortSignal): Promise<void> {
  for await (const _ of poured(ids, sink, signal));
}

/** The same, at the pace of their reader. */
export async function* poured(ids: TokenIds, sink: IdSink, signal?: AbortSignal): AsyncGenerator<void> {
  const part = new Int32Array(PART)
  let pause = breathe()
  for (let from = 0; from < ids.length; from += PART) {
    const count = Math.min(PART, ids.length - from)
    ids.read(from, from + count, part)
    for (let i = 0; i < count; i++) {
      const id = part[i]!
      if (id === SENTENCE_END) sink.endSentence()
      else sink.word(id, 1)
    }
    yield
    if (!pause.isDue()) continue
    pause = await pause.take()
    stopIfAborted(signal)
  }
}
