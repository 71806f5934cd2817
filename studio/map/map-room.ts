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
  model.onChange = () => {
    stages.show()
    panel.update(model.state)
  }
  const leaveDrops = acceptDrops(room, file => void model.open(file))
  const keys = (event: KeyboardEvent) => press(event, model)
  document.addEventListener('keydown', keys)
  model.onChange()
  void model.start()
  return () => {
    document.removeEventListener('keydown', keys)
    leaveDrops()
    stages.close()
    model.close()
  }
}

function press(event: KeyboardEvent, model: MapModel): void {
  const isTyping = event.target instanceof HTMLInputElement && event.target.type === 'text'
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping) return
  if (event.key === 'Escape') model.forget()
  else if (event.key === '/') {
    document.getElementById('map-search')?.focus()
    event.preventDefault()
  }
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
