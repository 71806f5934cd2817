/** What one connection, and all of them together, may take. Times are milliseconds. */
export interface ConnectionBounds {
  /** For all headers of a request to arrive. */
  readonly headers: number
  /** For all of a request to arrive. */
  readonly request: number
  /** Without a byte in either direction. */
  readonly idle: number
  /** For a large answer to be taken. */
  readonly slowest: number
  /** For answers to be finished once the server is to end. */
  readonly drain: number
  readonly connections: number
  /** Bytes of large answers that clients have not taken. */
  readonly unsent: number
}

export const usualBounds: ConnectionBounds = {
  headers: 10_000,
  request: 30_000,
  idle: 60_000,
  slowest: 60_000,
  drain: 10_000,
  connections: 1_000,
  unsent: 256 << 20,
}
