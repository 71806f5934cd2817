import { element } from '../element.js'
import type { Inks } from './inks.js'
import { folded, type PanelPart, wordButton } from './panel.js'

export interface SightActions {
  wordsInSight(): readonly number[]
  word(id: number): string
  choose(id: number): void
  inks(): Inks | undefined
}

/** The words in sight as a list: the picture for those who do not see it, and a way into it by keyboard. */
export function sightPart(actions: SightActions): PanelPart & { refresh(): void } {
  const list = element('ul', { class: 'in-sight', id: 'in-sight' })
  const part = folded('Words in sight', false, list)
  const refresh = () => {
    if (!part.open || list.contains(document.activeElement)) return
    const color = actions.inks()?.colorOf ?? (() => 'currentColor')
    const ids = actions.wordsInSight()
    list.replaceChildren(
      ...ids.map(id => element('li', {}, wordButton(id, actions.word(id), color(id), actions.choose))),
    )
  }
  part.id = 'sight'
  part.addEventListener('toggle', refresh)
  return { element: part, update: refresh, refresh }
}
