import { PAGE_COLORS } from './palette.js'

const wheel = (colors: readonly string[]) => colors.map((color, i) => `--c${i}: ${color};`).join(' ')
const classes = PAGE_COLORS.of('day')
  .map((_, i) => `.c${i} { --color: var(--c${i}) }`)
  .join('\n')

export const STYLE = `:root {
  color-scheme: light dark;
  --paper: #fbfaf6; --card: #ffffff; --ink: #22242c; --faint: #6a6c76; --edge: #e6e3da;
  ${wheel(PAGE_COLORS.of('day'))}
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12131a; --card: #1a1c25; --ink: #ecebf0; --faint: #9c9eab; --edge: #2b2e3a;
    ${wheel(PAGE_COLORS.of('night'))}
  }
}
${classes}
* { box-sizing: border-box }
html, body { height: 100%; margin: 0 }
body {
  display: grid; grid-template: auto minmax(0, 1fr) / minmax(0, 1fr) 348px; height: 100dvh; overflow: hidden;
  background: var(--paper); color: var(--ink);
  font: 15px/1.5 -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif;
}
header { padding: 26px 36px 0 }
h1, h2, .lead { font-family: 'Iowan Old Style', 'Palatino Linotype', Palatino, 'Book Antiqua', 'Noto Serif', Georgia, serif; font-weight: 600; text-wrap: balance }
h1 { margin: 0; font-size: 30px; line-height: 1.15; letter-spacing: -.015em }
header p { margin: 5px 0 0; color: var(--faint) }
main { position: relative; min-height: 0 }
main::before, main::after { content: ''; position: absolute; z-index: 1; pointer-events: none }
main::before { inset: 0 0 auto; height: 18px; background: linear-gradient(var(--paper), transparent) }
main::after { inset: 0 0 0 auto; width: 18px; background: linear-gradient(to left, var(--paper), transparent) }

svg { position: absolute; inset: 0; width: 100%; height: 100%; outline: none; outline-offset: -3px; touch-action: none; user-select: none; -webkit-user-select: none }
svg:focus-visible { outline: 2px solid var(--c8) }
svg.ready { cursor: grab }
svg.over { cursor: pointer }
svg.moving { cursor: grabbing }
stop { stop-color: var(--color) }
#clouds { transition: opacity .25s }
#lines path { fill: none; stroke: var(--color); stroke-linecap: round }
.word { transition: opacity .18s }
.word text { fill: var(--color); font-weight: 500; text-anchor: middle; stroke: color-mix(in srgb, var(--paper) 40%, transparent); stroke-width: 3px; stroke-linejoin: round; paint-order: stroke }
.word.strong text { font-weight: 700 }
.word circle { fill: none }
.dot circle { fill: var(--color); opacity: .55; stroke: transparent; stroke-width: 12px; pointer-events: all }
.dot text { opacity: 0; pointer-events: none }
.dot:hover text, .dot.on text { opacity: 1 }
.dot:hover text, .on text { stroke: var(--paper) }
.dot:hover circle, .dot.on circle { opacity: 0 }
.busy .word { opacity: .13 }
.busy .word.on { opacity: 1 }
.busy #clouds { opacity: .45 }
.word.active text { font-weight: 700 }
.word.glow text { text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: 3px }

#whole { position: absolute; z-index: 2; right: 20px; bottom: 20px; padding: 6px 14px; border: 1px solid var(--edge); border-radius: 99px; background: var(--card); font-size: 13.5px; box-shadow: 0 2px 10px #0001 }

aside { grid-area: 1 / 2 / 3 / 3; display: flex; flex-direction: column; min-height: 0; margin: 18px 18px 18px 0; padding: 20px; background: var(--card); border: 1px solid var(--edge); border-radius: 16px }
form { display: flex; flex-direction: column }
input { width: 100%; padding: 10px 14px; border: 1px solid var(--edge); border-radius: 10px; background: var(--paper); color: inherit; font: inherit; font-size: 16px }
input:focus-visible, button:focus-visible { outline: 2px solid var(--c8); outline-offset: 1px }
output { min-height: 1.5em; padding: 3px 2px 0; color: var(--faint); font-size: 13px }
#word { flex: 1; min-height: 0; overflow: hidden auto; margin: 4px -6px 0; padding: 0 6px }
.lead { margin: 10px 0 0; font-size: 21px; line-height: 1.3; font-weight: 500 }
.hint { margin: 12px 0 0; color: var(--faint) }
#start { display: flex; flex-wrap: wrap; gap: 8px; margin: 18px 0 0 }
button { border: 0; background: none; color: inherit; font: inherit; cursor: pointer }
#start button { padding: 5px 13px; border: 1px solid color-mix(in srgb, var(--color) 40%, transparent); border-radius: 99px; color: var(--color); font-weight: 500 }
#start button:hover { background: color-mix(in srgb, var(--color) 12%, transparent) }
h2 { margin: 4px 0 0; font-size: 32px; line-height: 1.15; color: var(--color); overflow-wrap: anywhere }
.seen { margin: 2px 0 14px; color: var(--faint) }
ol { margin: 0; padding: 0; list-style: none }
li button { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 3px 10px; margin: 0 -8px; padding: 6px 8px 8px; width: calc(100% + 16px); border-radius: 8px; text-align: start }
li button:hover { background: color-mix(in srgb, var(--color) 10%, transparent) }
li bdi { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--color); font-weight: 500 }
li span { color: var(--faint); font-variant-numeric: tabular-nums; font-size: 13px; align-self: center }
li i { grid-column: 1 / 3; height: 4px; border-radius: 2px; background: linear-gradient(var(--color), var(--color)) 0 / var(--part) 100% no-repeat, color-mix(in srgb, var(--color) 14%, transparent) }
footer { margin-top: 14px; padding-top: 12px; border-top: 1px solid var(--edge); color: var(--faint); font-size: 12.5px; line-height: 1.45 }
footer p { margin: 0 }
.trust, .keys { margin-top: 8px }
kbd { padding: 0 5px; border: 1px solid var(--edge); border-radius: 4px; font: inherit }

@media (max-width: 820px) {
  body { grid-template: auto minmax(0, 1fr) 292px / minmax(0, 1fr) }
  header { padding: 16px 18px 0 }
  h1 { font-size: 23px }
  header p { font-size: 13px; line-height: 1.35 }
  aside { grid-area: 3 / 1; margin: 0; padding: 12px 16px max(10px, env(safe-area-inset-bottom)); border-width: 1px 0 0; border-radius: 18px 18px 0 0; overflow: auto }
  form { flex-direction: row; align-items: center; gap: 10px }
  input { padding: 7px 12px }
  output { min-height: 0; padding: 0; flex: none }
  #word { flex: none; overflow: visible }
  .lead { margin-top: 6px; font-size: 17px }
  .hint { margin-top: 4px; font-size: 14px }
  #start { margin-top: 10px; gap: 6px }
  #start button { padding: 3px 11px }
  h2 { display: inline; font-size: 23px }
  .seen { display: inline; margin: 0 0 0 10px; font-size: 13px }
  ol { columns: 2; column-gap: 22px; margin-top: 4px }
  li { break-inside: avoid }
  li button { padding: 3px 8px 5px }
  footer { margin-top: 10px; padding-top: 8px }
  .keys { display: none }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important } }
@media print { body { display: block } aside { display: none } main { height: 80vh } }
`
