import { element } from '../element.js'
import { MapModel } from './map-model.js'
import { mapPanel } from './map-panel.js'
import { MapStages } from './map-stages.js'

/** The whole vocabulary as a picture, and what is true about it beside. Gives what to do when the room is left. */
export function mountMap(room: HTMLElement): () => void {
  const live = element('p', { class: 'spoken', role: 'status', 'aria-live': 'polite', id: 'announcement' })
  const model = new MapModel(text => {
    live.textContent = text
  })
  const stages = new MapStages(model)
  const panel = mapPanel(model, stages)
  room.replaceChildren(
    element(
      'div',
      { class: 'map-room' },
      element('h1', { class: 'spoken' }, 'A map of words'),
      stages.element,
      panel.element,
    ),
    live,
  )
  model.listen(() => stages.show())
  model.listen(state => panel.update(state))
  const leaveDrops = acceptDrops(room, file => void model.open(file))
  const keys = (event: KeyboardEvent) => press(event, model)
  document.addEventListener('keydown', keys)
  model.tell()
  void model.start()
  return () => {
    document.removeEventListener('keydown', keys)
    leaveDrops()
    panel.close?.()
    stages.close()
    model.close()
  }
}

/** Escape lets go, from wherever on the page. */
function press({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, model: MapModel): void {
  if (key === 'Escape' && !ctrlKey && !metaKey && !altKey) model.forget()
}

/** A file dropped anywhere in the room is opened. */
function acceptDrops(room: HTMLElement, open: (file: File) => void): () => void {
  const over = (event: DragEvent) => {
    event.preventDefault()
    room.classList.add('dropping')
  }
  const leave = () => room.classList.remove('dropping')
  const drop = (event: DragEvent) => {
    event.preventDefault()
    leave()
    const [file] = event.dataTransfer?.files ?? []
    if (file) open(file)
  }
  const listeners = { dragover: over, dragleave: leave, drop } as const
  for (const [name, listener] of Object.entries(listeners))
    room.addEventListener(name, listener as EventListener)
  return () => {
    leave()
    for (const [name, listener] of Object.entries(listeners))
      room.removeEventListener(name, listener as EventListener)
  }
}
