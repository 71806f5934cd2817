import { STYLE } from './map-page.generated.js'
import { type Light, PAGE_COLORS } from './palette.js'

/** The page's styles: its colors by day and by night, a class for each, and what `studio/map-page/style.css` says. */
export function pageStyle(): string {
  const classes = PAGE_COLORS.of('day').map((_, i) => `.c${i}{--color:var(--c${i})}`)
  return `:root{${wheel('day')}}
@media(prefers-color-scheme:dark){:root{${wheel('night')}}}
${classes.join('')}
${STYLE}`
}

function wheel(light: Light): string {
  return PAGE_COLORS.of(light)
    .map((color, i) => `--c${i}:${color};`)
    .join('')
}
