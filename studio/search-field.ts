/** Marks all of a field when one enters it, so that typing begins another word. */
export function marksOnEntry(input: HTMLInputElement): void {
  input.addEventListener('focus', () => input.select())
  // A browser puts its caret where the button went down, and some do so only once the click is over.
  input.addEventListener('mousedown', event => {
    if (document.activeElement === input) return
    event.preventDefault()
    input.focus()
  })
}

/** Writes into a field; if it is marked, the new text is marked, too. */
export function writeInto(input: HTMLInputElement, text: string): void {
  const wasMarked = isMarked(input)
  input.value = text
  if (wasMarked && document.activeElement === input) input.select()
}

/** `/` leads into a search from anywhere on the page. Gives what ends that. */
export function slashLeadsTo(search: HTMLInputElement): () => void {
  const press = (event: KeyboardEvent) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
    // Where text is written, / is a letter; but in the search not the first of the word that follows a marked one.
    if (event.target === search ? !isMarked(search) : isText(event.target)) return
    event.preventDefault()
    search.focus()
  }
  document.addEventListener('keydown', press)
  return () => document.removeEventListener('keydown', press)
}

function isMarked({ value, selectionStart, selectionEnd }: HTMLInputElement): boolean {
  return value !== '' && selectionStart === 0 && selectionEnd === value.length
}

function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && /^(text|search)$/.test(target.type)
}
