/** WORDLOOM_FULL_SIZE=1 runs the tests of what is huge at the size that is promised. */
export const isFullSize = process.env.WORDLOOM_FULL_SIZE === '1'

/** Bytes or pieces of `part` over and over, `times` times, without ever being whole in memory. */
export async function* repeated(part: Uint8Array, times: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < times; i++) yield part.slice()
}

/** What the process's memory came to during a call, above what it was; in MB. */
export async function growthOf(call: () => Promise<unknown>): Promise<number> {
  const before = peak()
  await call()
  return peak() - before
}

function peak(): number {
  return process.resourceUsage().maxRSS / 1024
}
