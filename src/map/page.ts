import { FRAME } from './arrange.js'
import { escapeHtml, jsonForHtml } from './escape.js'
import { SCRIPT } from './map-page.generated.js'
import type { MapWord } from './map-words.js'
import { pageStyle } from './page-style.js'
import { pageWords } from './page-words.js'
import { type Trust, trustSentence } from './trustworthiness.js'

/** Everything the page shows. */
export interface MapPage {
  readonly title: string
  readonly subtitle: string
  readonly dimensions: number
  readonly words: readonly MapWord[]
  readonly trust: Trust | undefined
}

/** How far a word's cloud of color reaches, in units of the map. */
const CLOUD_RADIUS = 74
const WORDS_TO_START_WITH = 8

/** The whole HTML file. Without JavaScript it is the picture; with it, one can ask. */
export function page(content: MapPage): string {
  const { title, subtitle, words } = content
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>
${pageStyle()}</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(subtitle)}</p>
</header>
<main>
${picture(words)}
<button type="button" id="whole" hidden>Whole map</button>
</main>
${panel(content)}
<script type="application/json" id="data">${jsonForHtml(pageWords(words))}</script>
<script>
${SCRIPT}</script>
</body>
</html>
`
}

/** Words in reverse, so that those written first lie above the dots of the others. */
function picture(words: readonly MapWord[]): string {
  return `<svg id="map" viewBox="0 0 ${FRAME.width} ${FRAME.height}" tabindex="0" role="group" aria-label="Map of ${words.length} words. Arrow keys go from word to word.">
<defs>
${colorsOf(words)
  .map(
    color =>
      `<radialGradient id="cloud${color}" class="c${color}"><stop offset="0" stop-opacity=".09"/><stop offset=".55" stop-opacity=".035"/><stop offset="1" stop-opacity="0"/></radialGradient>`,
  )
  .join('\n')}
</defs>
<g id="clouds">
${words.map(({ x, y, color }) => `<circle cx="${x}" cy="${y}" r="${CLOUD_RADIUS}" fill="url(#cloud${color})"/>`).join('\n')}
</g>
<g id="lines"></g>
<g id="words">
${words.map(wordElement).reverse().join('\n')}
</g>
</svg>`
}

function wordElement({ text, x, y, fontSize, color, highlighted, labelScale }: MapWord): string {
  const classes = [
    'word',
    `c${color}`,
    ...(labelScale > 1 ? ['dot'] : []),
    ...(highlighted ? ['strong'] : []),
  ]
  return `<g class="${classes.join(' ')}" transform="translate(${x} ${y})"><circle r="3"/><text font-size="${fontSize}" dy=".34em">${escapeHtml(text)}</text></g>`
}

function panel({ dimensions, words, trust }: MapPage): string {
  return `<aside>
<form role="search"><input id="search" type="search" placeholder="Find a word" aria-label="Find a word" autocomplete="off" autocapitalize="off" spellcheck="false"><output id="found"></output></form>
<div id="word" aria-live="polite">
<p class="lead">Every word sits among the words it keeps company with.</p>
<p class="hint">Point at one, or tap it, and see which of the words drawn here are truly nearest to it.</p>
<p id="start">${startingWords(words)}</p>
<noscript><p class="hint">With JavaScript switched on, the page also shows each word’s nearest neighbours.</p></noscript>
</div>
<footer>
<p>A flat picture bends distances: of ${dimensions} dimensions it can keep two. The lines are true: they join a word to its nearest neighbours in all ${dimensions}, among the words drawn here.</p>
${
  trust
    ? `<p class="trust">${escapeHtml(trustSentence(trust))}.</p>
`
    : ''
}<p class="keys">Scroll to zoom, drag to move, <kbd>/</kbd> to search, arrows to walk.</p>
</footer>
</aside>`
}

/** Doors into the map: the highlighted words, or one of the frequent words of each color, with close company. */
function startingWords(words: readonly MapWord[]): string {
  const highlighted = words.filter(word => word.highlighted)
  const leading = colorsOf(words).map(color => doorOf(words.filter(word => word.color === color)))
  const doors = (highlighted.length > 0 ? highlighted : leading).slice(0, WORDS_TO_START_WITH)
  return doors
    .map(
      door =>
        `<button type="button" class="c${door.color}" data-word="${words.indexOf(door)}"><bdi>${escapeHtml(door.text)}</bdi></button>`,
    )
    .join(' ')
}

function doorOf(words: readonly MapWord[]): MapWord {
  const closeness = (word: MapWord) => word.neighbors.reduce((sum, { similarity }) => sum + similarity, 0)
  return words.slice(0, 5).reduce((best, word) => (closeness(word) > closeness(best) ? word : best))
}

function colorsOf(words: readonly MapWord[]): number[] {
  return [...new Set(words.map(word => word.color))].sort((a, b) => a - b)
}
