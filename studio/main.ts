import { element } from './element.js'
import { mountMap } from './map/map-room.js'
import { mountMicroscope } from './microscope/microscope.js'

/** A page of the studio: to add one is a folder and a line here. */
interface Room {
  readonly title: string
  /** Gives what is to be done when the room is left, if there is something. */
  mount(place: HTMLElement): (() => void) | undefined
}

const rooms: Readonly<Record<string, Room>> = {
  map: { title: 'Map of words', mount: mountMap },
  microscope: { title: 'Gradient microscope', mount: mountMicroscope },
}

let leave: (() => void) | undefined

/** Shows the room that the address names after #/; else the map of the vectors that came with the page, or the microscope. */
function openStudio(): void {
  const asked = location.hash.slice(2)
  const hasVectors = document.querySelector<HTMLMetaElement>('meta[name="wordloom-vectors"]')?.content !== ''
  const present = Object.hasOwn(rooms, asked) ? asked : hasVectors ? 'map' : 'microscope'
  const place = document.getElementById('room')
  if (!place) throw new Error('the page has no element with the id "room"')
  document.title = `${rooms[present].title} · Wordloom studio`
  document
    .getElementById('rooms')
    ?.replaceChildren(...(Object.keys(rooms).length > 1 ? roomLinks(present) : []))
  leave?.()
  document.body.dataset.room = present
  leave = rooms[present].mount(place)
}

function roomLinks(present: string): HTMLElement[] {
  return Object.entries(rooms).map(([name, { title }]) =>
    element('a', { href: `#/${name}`, 'aria-current': name === present && 'page' }, title),
  )
}

window.addEventListener('hashchange', () => {
  if (location.hash.startsWith('#/')) openStudio()
})
openStudio()
