/** The element that the file has under a name. */
export function partOfPage<Part extends Element>(id: string, kind: new () => Part): Part {
  const part = document.getElementById(id) as Element | null
  if (!(part instanceof kind)) throw new Error(`the page has no ${id}`)
  return part
}
