import { element } from './element.js'
import { mountMicroscope } from './microscope/microscope.js'

/** A page of the studio: to add one is a folder and a line here. */
interface Room {
  readonly title: string
  mount(place: HTMLElement): void
}

const rooms: Readonly<Record<string, Room>> = {
  microscope: { title: 'Gradient microscope', mount: mountMicroscope },
}

/** Shows the room that the address names after #/, or the first; with several there is a way between them. */
function openStudio(): void {
  const asked = location.hash.slice(2)
  const present = Object.hasOwn(rooms, asked) ? asked : Object.keys(rooms)[0]
  const place = document.getElementById('room')
  if (!place) throw new Error('the page has no element with the id "room"')
  document.title = `${rooms[present].title} · Wordloom studio`
  document
    .getElementById('rooms')
    ?.replaceChildren(...(Object.keys(rooms).length > 1 ? roomLinks(present) : []))
  rooms[present].mount(place)
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
