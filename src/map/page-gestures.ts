/** The page's second half of plain JavaScript: what fingers, mouse, keys, the search box and the address do. */
export const GESTURES = `
// Fingers and mouse.

const pointers = new Map()
let travelled = 0

svg.addEventListener('pointerdown', event => {
  cancelAnimationFrame(gliding)
  pointers.set(event.pointerId, here(event))
  if (pointers.size === 1) travelled = 0
  svg.setPointerCapture(event.pointerId)
})

svg.addEventListener('pointermove', event => {
  const before = pointers.get(event.pointerId)
  const now = here(event)
  if (!before) return event.pointerType === 'mouse' && hover(wordAt(now.x, now.y, 10))
  pointers.set(event.pointerId, now)
  travelled += Math.hypot(now.x - before.x, now.y - before.y)
  if (pointers.size === 2) pinch(event.pointerId, before, now)
  else if (travelled > 4) {
    svg.classList.add('moving')
    move(now.x - before.x, now.y - before.y)
  }
})

function pinch(moved, before, now) {
  const other = [...pointers].find(([id]) => id !== moved)[1]
  const apart = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y))
  zoom(apart, other.x, other.y)
}

for (const end of ['pointerup', 'pointercancel'])
  svg.addEventListener(end, event => {
    if (!pointers.delete(event.pointerId) || pointers.size > 0) return
    svg.classList.remove('moving')
    const { x, y } = here(event)
    if (end === 'pointerup' && travelled <= 4) pin(wordAt(x, y, event.pointerType === 'mouse' ? 10 : 22))
  })

svg.addEventListener('pointerleave', () => hover(-1))

svg.addEventListener('wheel', event => {
  event.preventDefault()
  const { x, y } = here(event)
  const lines = event.deltaMode === 1 ? 16 : 1
  zoom(Math.exp(-Math.max(-120, Math.min(120, event.deltaY * lines)) * (event.ctrlKey ? 0.01 : 0.002)), x, y)
}, { passive: false })

function here(event) {
  const { left, top } = svg.getBoundingClientRect()
  return { x: event.clientX - left, y: event.clientY - top }
}

whole.addEventListener('click', () => glide(wholeMap()))

// Keys.

const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

svg.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const { width, height } = svg.getBoundingClientRect()
  const arrow = arrows[event.key]
  const next = arrow ? wordTowards(...arrow) : -1
  if (next >= 0) pin(next)
  else if (event.key === '+' || event.key === '=') zoom(1.3, width / 2, height / 2)
  else if (event.key === '-') zoom(1 / 1.3, width / 2, height / 2)
  else if (event.key === '0') glide(wholeMap())
  else if (!arrow) return
  event.preventDefault()
})

document.addEventListener('keydown', event => {
  if (event.key === 'Escape') {
    search.value = ''
    pin(-1)
  }
  if (event.key !== '/' || event.target === search || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  search.focus()
})

// Search: matches light up while one types; Enter chooses.

const plain = text => text.normalize('NFKC').toLowerCase()

function matching() {
  const wanted = plain(search.value.trim())
  if (!wanted) return null
  return words.map((_, i) => i).filter(i => plain(words[i].word).includes(wanted))
}

search.addEventListener('input', () => {
  const list = matching()
  if (pinned >= 0) pin(-1)
  matches = list && new Set(list)
  found.textContent = !list ? '' : list.length === 0 ? 'not among these ' + words.length + ' words' : list.length === 1 ? '1 word' : list.length + ' words'
  drawCompany()
})

search.form.addEventListener('submit', event => {
  event.preventDefault()
  const wanted = plain(search.value.trim())
  const list = matching() || []
  const rank = i => (plain(words[i].word) === wanted ? 0 : plain(words[i].word).startsWith(wanted) ? 1 : 2)
  if (list.length > 0) pin(list.toSorted((a, b) => rank(a) - rank(b))[0])
})

// Buttons that stand for a word: neighbors, and doors into the map.

panel.addEventListener('click', event => {
  const button = event.target.closest('button[data-word]')
  if (button) pin(Number(button.dataset.word))
})

for (const [name, glows] of [['pointerover', true], ['pointerout', false], ['focusin', true], ['focusout', false]])
  panel.addEventListener(name, event => {
    const button = event.target.closest('button[data-word]')
    if (button) elements[Number(button.dataset.word)].classList.toggle('glow', glows)
  })

svg.removeAttribute('viewBox')
svg.classList.add('ready')
fit()
followAddress()
settled = true

let room = roomNow()
function roomNow() {
  const { width, height } = svg.getBoundingClientRect()
  return width + ' ' + height
}
new ResizeObserver(() => {
  if (roomNow() === room) return
  room = roomNow()
  fit()
}).observe(svg)
addEventListener('hashchange', followAddress)
`
