/** A page does not guess. */
export function guessedEncoding(_: Uint8Array): string | undefined {
  return undefined
}
