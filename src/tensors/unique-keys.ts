/**
 * The first key that an object in `json` has twice, if any. JSON.parse would silently keep the last of them,
 * and another reader the first. `json` must be valid.
 */
export function duplicateKey(json: string): string | undefined {
  const keys: (Set<string> | undefined)[] = [] // of the objects around this place; undefined for an array
  for (let i = 0; i < json.length; i++) {
    const character = json[i]
    if (character === '{') keys.push(new Set())
    else if (character === '[') keys.push(undefined)
    else if (character === '}' || character === ']') keys.pop()
    else if (character === '"') {
      const end = endOfString(json, i)
      if (isKey(json, end)) {
        const key = JSON.parse(json.slice(i, end)) as string
        if (keys.at(-1)!.has(key)) return key
        keys.at(-1)!.add(key)
      }
      i = end - 1
    }
  }
  return undefined
}

function endOfString(json: string, start: number): number {
  let i = start + 1
  while (json[i] !== '"') i += json[i] === '\\' ? 2 : 1
  return i + 1
}

function isKey(json: string, end: number): boolean {
  let i = end
  while (' \t\r\n'.includes(json[i]!)) i++
  return json[i] === ':'
}
