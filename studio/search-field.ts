/**
 * A field in which one looks for a word, and then for another: `/` leads into it from anywhere on the page, and what
 * stands in it when one comes is marked, so that typing replaces it.
 */
export class SearchField {
  readonly #input: HTMLInputElement

  constructor(input: HTMLInputElement) {
    this.#input = input
    marksOnEntry(input)
    document.addEventListener('keydown', this.#press)
  }

  /** Marks what stands in it: the next letter begins another word. */
  mark(): void {
    if (document.activeElement === this.#input) this.#input.select()
  }

  close(): void {
    document.removeEventListener('keydown', this.#press)
  }

  readonly #press = (event: KeyboardEvent) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
    // In the field, and where other text is written, / is a letter; but not the first of the word after this one.
    if (event.target === this.#input ? !isMarked(this.#input) : isText(event.target)) return
    event.preventDefault()
    this.#input.focus()
  }
}

/** Marks all of a field when one enters it; a click there is at an end only once the button is up. */
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

function isMarked({ value, selectionStart, selectionEnd }: HTMLInputElement): boolean {
  return value !== '' && selectionStart === 0 && selectionEnd === value.length
}

function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && /^(text|search)$/.test(target.type)
}
