/** Smaller buffers are not worth it, and can be Node's pool, which many share. */
const LEAST_BYTES = 1 << 15

/** Buffers that are sent to a port whose other end is closed are nobody's any more. */
let nowhere: MessagePort | undefined

/**
 * Gives the memory of a chunk back now instead of when the garbage collector finds the time: it lets dozens of
 * megabytes of read text lie about. Several chunks can lie in one buffer, one behind the other; only the last part
 * may take it away.
 */
export function release(chunk: Uint8Array): void {
  const buffer = chunk.buffer as ArrayBuffer & { transfer?: (length: number) => ArrayBuffer }
  if (buffer.byteLength < LEAST_BYTES || chunk.byteOffset + chunk.byteLength !== buffer.byteLength) return
  if (buffer.transfer) buffer.transfer(0)
  else sendAway(buffer) // Node 20
}

function sendAway(buffer: ArrayBuffer): void {
  if (nowhere === undefined) {
    const { port1, port2 } = new MessageChannel()
    port2.close()
    nowhere = port1
  }
  nowhere.postMessage(undefined, [buffer])
}
