/** The rows of docs/reliability.md: what can go wrong, by group. A test that covers a row begins with its name. */
export const rows: readonly string[] = [
  ...group('A', 20),
  ...group('B', 18),
  ...group('C', 20),
  ...group('D', 8),
  ...group('E', 34).filter(row => row !== 'E30'), // a server writes no documents
]

/** Rows without a test, and why. */
export const untested: Readonly<Record<string, string>> = {}

function group(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${letter}${i + 1}`)
}
