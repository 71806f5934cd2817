import chardet from 'chardet'

/** The label of the most likely encoding of bytes that are not UTF-8; undefined if none is likely. */
export function guessedEncoding(bytes: Uint8Array): string | undefined {
  return chardet
    .analyse(bytes)
    .map(({ name }) => name.toLowerCase())
    .find(name => !name.startsWith('utf') && name !== 'ascii' && isKnown(name))
}

function isKnown(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== ''
  } catch {
    return false
  }
}
