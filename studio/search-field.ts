/**
 * Marks all of a field when one enters it, so that typing begins another word; a click there is at an end only once
 * the button is up.
 */
export function marksOnEntry(input: HTMLInputElement): void {
  let isEntered = false
  input.addEventListener('focus', () => input.select())
  input.addEventListener('pointerdown', () => {
    isEntered = document.activeElement !== input
  })
  input.addEventListener('click', () => {
    if (isEntered && input.selectionStart === input.selectionEnd) input.select()
  })
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
