import type { TrainingOptions } from './options.js'

/** The options that shape the result: not threads and memory, which may differ from run to run. A function has no text. */
export function recordedOptions(options: TrainingOptions): string {
  const {
    threads: _threads,
    idMemory: _idMemory,
    maxMemory: _maxMemory,
    maxDecompressed: _most,
    tokenizer,
    ...numbers
  } = options
  return JSON.stringify({
    ...numbers,
    tokenizer: typeof tokenizer === 'function' ? 'custom' : tokenizer,
  })
}
