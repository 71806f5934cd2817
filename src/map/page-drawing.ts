/**
 * The page's first half of plain JavaScript for the browser: where words stand, how they are drawn and chosen. It
 * takes over the picture's coordinates: words are placed in pixels, and letters grow slower than the map, so that
 * zooming in makes room for more labels.
 */
export const DRAWING = `'use strict'
const words = JSON.parse(document.getElementById('data').textContent)
const svg = document.getElementById('map')
const clouds = document.getElementById('clouds')
const lines = document.getElementById('lines')
const panel = document.getElementById('word')
const search = document.getElementById('search')
const found = document.getElementById('found')
const elements = [...document.getElementById('words').children].reverse()
const whole = document.getElementById('whole')
const texts = elements.map(element => element.lastElementChild)
const welcome = [...panel.childNodes]
const frame = { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height }
const calm = matchMedia('(prefers-reduced-motion: reduce)')

const view = { scale: 1, x: 0, y: 0, upright: false, least: 1 }
let pinned = -1
let hovered = -1
let matches = null

// Coordinates. A screen higher than wide gets the map with x and y exchanged.

const letterScale = () => Math.sqrt(Math.sqrt(view.scale))
const placeOf = ({ x, y }) => ({
  x: view.x + (view.upright ? y : x) * view.scale,
  y: view.y + (view.upright ? x : y) * view.scale,
})
const isLabelled = word => word.scales[view.upright ? 1 : 0] <= view.scale

function wholeMap() {
  const { width, height } = svg.getBoundingClientRect()
  view.upright = height > width
  const [across, down] = size()
  const scale = Math.max(0.05, Math.min((width - 24) / across, (height - 30) / down))
  return { scale, x: (width - across * scale) / 2, y: (height - down * scale) / 2 + 6 }
}

const size = () => (view.upright ? [frame.height, frame.width] : [frame.width, frame.height])

function fit() {
  const target = wholeMap()
  view.least = target.scale
  show(target)
}

function show({ scale, x, y }) {
  const { width, height } = svg.getBoundingClientRect()
  const [across, down] = size()
  view.scale = Math.min(Math.max(scale, view.least * 0.8), 10)
  view.x = Math.min(Math.max(x, 120 - across * view.scale), width - 120)
  view.y = Math.min(Math.max(y, 80 - down * view.scale), height - 80)
  whole.hidden = view.scale < view.least * 1.1
  draw()
}

const move = (dx, dy) => show({ scale: view.scale, x: view.x + dx, y: view.y + dy })

function zoom(factor, x, y) {
  const scale = Math.min(Math.max(view.scale * factor, view.least * 0.8), 10)
  const grown = scale / view.scale
  show({ scale, x: x - (x - view.x) * grown, y: y - (y - view.y) * grown })
}

let gliding = 0
let settled = false // until the page stands, nothing glides
function glide(to) {
  cancelAnimationFrame(gliding)
  if (calm.matches || !settled) return show(to)
  const from = { ...view }
  const start = performance.now()
  const step = now => {
    const time = Math.min(1, Math.max(0, now - start) / 320)
    const eased = 1 - (1 - time) * (1 - time)
    const between = name => from[name] + (to[name] - from[name]) * eased
    show({ scale: between('scale'), x: between('x'), y: between('y') })
    if (time < 1) gliding = requestAnimationFrame(step)
  }
  gliding = requestAnimationFrame(step)
}

// Where the whole map is small, as on a phone, its words are not: go nearer, as long as all neighbors stay in sight.
function bringIntoView(word) {
  const { width, height } = svg.getBoundingClientRect()
  const company = [word, ...word.near.map(([i]) => words[i])].map(placeOf)
  const span = axis => Math.max(...company.map(place => place[axis])) - Math.min(...company.map(place => place[axis]))
  const middle = axis => (Math.max(...company.map(place => place[axis])) + Math.min(...company.map(place => place[axis]))) / 2
  const fitting = view.scale * Math.min((width - 130) / Math.max(1, span('x')), (height - 70) / Math.max(1, span('y')))
  const scale = Math.max(view.least, Math.min(fitting, Math.max(view.scale, 1.1)))
  const outside = company.some(({ x, y }) => x < 10 || y < 10 || x > width - 10 || y > height - 10)
  if (scale < view.scale * 1.4 && !outside) return
  const grown = scale / view.scale
  glide({ scale, x: width / 2 - (middle('x') - view.x) * grown, y: height / 2 - (middle('y') - view.y) * grown })
}

// Drawing.

function draw() {
  const { scale, x, y } = view
  const letters = letterScale()
  clouds.setAttribute('transform', view.upright ? 'matrix(0 ' + scale + ' ' + scale + ' 0 ' + x + ' ' + y + ')' : 'matrix(' + scale + ' 0 0 ' + scale + ' ' + x + ' ' + y + ')')
  words.forEach((word, i) => {
    const place = placeOf(word)
    elements[i].setAttribute('transform', 'translate(' + place.x.toFixed(1) + ' ' + place.y.toFixed(1) + ') scale(' + letters.toFixed(3) + ')')
    elements[i].classList.toggle('dot', !isLabelled(word))
  })
  drawCompany()
}

const active = () => (hovered >= 0 ? hovered : pinned)

function drawCompany() {
  const center = active()
  const company = center >= 0 ? [center, ...words[center].near.map(([i]) => i)] : []
  const lit = center >= 0 ? new Set(company) : matches
  svg.classList.toggle('busy', lit !== null)
  elements.forEach((element, i) => {
    element.classList.toggle('on', lit !== null && lit.has(i))
    element.classList.toggle('active', i === center)
  })
  const shifts = moveLabelsApart(company)
  const end = i => ({ x: placeOf(words[i]).x, y: placeOf(words[i]).y + shifts.get(i) })
  lines.replaceChildren(...(center >= 0 ? words[center].near.map(([i, similarity]) => line(end(center), end(i), words[i].color, similarity)) : []))
}

// Neighbors are written out even where the map had no room for them: a line or two up or down.
function moveLabelsApart(company) {
  texts.forEach(text => text.removeAttribute('y'))
  const written = []
  const shifts = new Map()
  const rank = i => (i === company[0] ? 0 : isLabelled(words[i]) ? 1 : 2)
  for (const i of company.toSorted((a, b) => rank(a) - rank(b))) {
    const place = placeOf(words[i])
    const box = { x: place.x, halfWidth: words[i].halfWidth * letterScale(), halfHeight: words[i].halfHeight * letterScale() }
    const overlaps = y => written.some(other => Math.abs(other.x - box.x) < other.halfWidth + box.halfWidth && Math.abs(other.y - y) < other.halfHeight + box.halfHeight)
    const lines = [0, -1, 1, -2, 2, -3, 3, -4, 4].find(lines => !overlaps(place.y + lines * box.halfHeight)) || 0
    shifts.set(i, lines * box.halfHeight)
    written.push({ ...box, y: place.y + shifts.get(i) })
    if (lines !== 0) texts[i].setAttribute('y', lines * words[i].halfHeight)
  }
  return shifts
}

function line(a, b, color, similarity) {
  const bend = { x: (a.x + b.x) / 2 + (b.y - a.y) * 0.12, y: (a.y + b.y) / 2 - (b.x - a.x) * 0.12 }
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('class', 'c' + color)
  path.setAttribute('d', 'M' + [a.x, a.y].join(' ') + 'Q' + [bend.x, bend.y, b.x, b.y].join(' '))
  path.setAttribute('stroke-width', (1 + 3 * similarity * similarity).toFixed(2))
  path.setAttribute('stroke-opacity', (0.25 + 0.5 * similarity).toFixed(2))
  return path
}

// The panel.

function showPanel() {
  const i = active()
  if (i < 0) return panel.replaceChildren(...welcome)
  const { word, count, color, near } = words[i]
  const heading = make('h2', 'c' + color)
  heading.append(make('bdi', '', word))
  const seen = make('p', 'seen', count > 0 ? 'seen ' + count.toLocaleString('en') + (count === 1 ? ' time' : ' times') : '')
  const list = make('ol')
  list.append(...near.map(neighborItem))
  panel.replaceChildren(heading, seen, list)
}

function neighborItem([i, similarity]) {
  const item = make('li', 'c' + words[i].color)
  const button = make('button')
  button.type = 'button'
  button.dataset.word = i
  const bar = make('i')
  bar.style.setProperty('--part', (100 * similarity).toFixed(1) + '%')
  button.append(make('bdi', '', words[i].word), make('span', '', similarity.toFixed(2)), bar)
  item.append(button)
  return item
}

function make(name, className = '', text = '') {
  const element = document.createElement(name)
  if (className) element.className = className
  element.textContent = text
  return element
}

// Choosing a word.

function hover(i) {
  if (i === hovered) return
  hovered = i
  svg.classList.toggle('over', i >= 0)
  drawCompany()
  showPanel()
}

function pin(i) {
  pinned = i
  hovered = -1
  matches = null
  found.textContent = ''
  history.replaceState(null, '', i < 0 ? location.pathname + location.search : '#word=' + encodeURIComponent(words[i].word))
  drawCompany()
  showPanel()
  if (i >= 0) bringIntoView(words[i])
}

function followAddress() {
  const wanted = new URLSearchParams(location.hash.slice(1)).get('word')
  const i = words.findIndex(({ word }) => word === wanted)
  if (i >= 0) pin(i)
  else if (wanted) found.textContent = '“' + wanted + '” is not among these ' + words.length + ' words'
}

// The word under a point: one whose label it touches, or else the nearest dot within reach.
function wordAt(x, y, reach) {
  let nearest = -1
  let least = Infinity
  words.forEach((word, i) => {
    const place = placeOf(word)
    const [dx, dy] = [Math.abs(place.x - x), Math.abs(place.y - y)]
    const labelled = isLabelled(word)
    const [width, height] = labelled ? [word.halfWidth * letterScale(), word.halfHeight * letterScale()] : [0, 0]
    const distance = Math.hypot(Math.max(0, dx - width), Math.max(0, dy - height))
    if (distance <= (labelled ? reach / 4 : reach) && distance < least) [nearest, least] = [i, distance]
  })
  return nearest
}

function wordTowards(dx, dy) {
  const from = pinned >= 0 ? words[pinned] : { x: frame.width / 2, y: frame.height / 2 }
  const start = placeOf(from)
  let nearest = -1
  let least = Infinity
  words.forEach((word, i) => {
    const place = placeOf(word)
    const ahead = (place.x - start.x) * dx + (place.y - start.y) * dy
    const aside = Math.abs((place.x - start.x) * dy) + Math.abs((place.y - start.y) * dx)
    const cost = ahead + 2 * aside
    if (i !== pinned && ahead > 0 && aside <= 2 * ahead && cost < least) [nearest, least] = [i, cost]
  })
  return nearest
}
`
