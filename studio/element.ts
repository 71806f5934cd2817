/** What may stand inside an element; undefined and false stand for nothing. */
export type Child = Node | string | undefined | false

/** Attributes by their names in HTML; `on…` are listeners, `style` holds custom properties, true is an empty value. */
export interface Attributes {
  readonly [name: string]:
    | string
    | number
    | boolean
    | undefined
    | ((event: Event) => void)
    | Readonly<Record<string, string>>
}

/** An element with its attributes and children: `element('p', { class: 'lead' }, 'text')`. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) setAttribute(made, name, value)
  made.append(...presentOf(children))
  return made
}

const SVG = 'http://www.w3.org/2000/svg'

/** The same for a drawing. */
export function drawing<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) setAttribute(made, name, value)
  made.append(...presentOf(children))
  return made
}

/** Text for those who hear the page, and for nobody's eyes. */
export function spoken(text: string): HTMLElement {
  return element('span', { class: 'spoken' }, text)
}

/**
 * A sentence with words marked: `marked('guess **by** from _company_')` gives strong and em elements. What stands
 * between the marks is text, never markup.
 */
export function marked(text: string): Child[] {
  return text.split(/(\*\*.+?\*\*|__.+?__)/).map(part => {
    if (part.startsWith('**')) return element('strong', {}, part.slice(2, -2))
    if (part.startsWith('__')) return element('em', {}, part.slice(2, -2))
    return part
  })
}

function setAttribute(made: HTMLElement | SVGElement, name: string, value: Attributes[string]): void {
  if (value === undefined || value === false) return
  if (typeof value === 'function') made.addEventListener(name.slice(2), value)
  else if (typeof value === 'object')
    // Through the object model: the page's policy forbids style attributes.
    for (const [property, text] of Object.entries(value)) made.style.setProperty(property, text)
  else made.setAttribute(name, value === true ? '' : String(value))
}

function presentOf(children: readonly Child[]): (Node | string)[] {
  return children.filter(child => child !== undefined && child !== false)
}
