/** JSON as its value, other text as it is: a file may say anything. */
export function parsedFact(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}
