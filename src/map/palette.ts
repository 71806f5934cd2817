/** The colors of the wheel, dark enough to read on paper and light enough to read at night (OKLCH, even lightness). */
const DAY = [
  '#b13e4f',
  '#af4803',
  '#935f05',
  '#7b6c01',
  '#4f7b02',
  '#048149',
  '#077d73',
  '#027892',
  '#006ebe',
  '#5d5dbf',
  '#864eab',
  '#a5417f',
]
/** The same at night. */
const NIGHT = [
  '#fea4ab',
  '#ffa982',
  '#efb569',
  '#d2c366',
  '#a8d07f',
  '#81d7a0',
  '#58d9cb',
  '#5dd2f4',
  '#8fc6ff',
  '#b4baff',
  '#d8acf9',
  '#f6a2d2',
]

/** From few or little to many or much. */
const RAMPS = {
  day: ['#c8a13a', '#3f9a6b', '#11779a', '#35459c', '#2c1d55'],
  night: ['#5a5f86', '#5a8fd6', '#4fc6c0', '#a7dd86', '#fff3a6'],
}
/** Of a word without a value. */
const NOTHING = { day: '#b9b6ad', night: '#4a4d5c' }

/** Whether the paper is light or dark. */
export type Light = 'day' | 'night'

/** The color of group i: there are twelve, and then they come again. */
export function wheelColor(i: number, light: Light): string {
  const colors = light === 'day' ? DAY : NIGHT
  return colors[i % colors.length]!
}

/** The color of a part of a whole, 0 to 1; NaN is no value. */
export function rampColor(part: number, light: Light): string {
  if (Number.isNaN(part)) return NOTHING[light]
  const stops = RAMPS[light]
  const place = Math.max(0, Math.min(1, part)) * (stops.length - 1)
  const at = Math.min(stops.length - 2, Math.floor(place))
  return mixed(stops[at]!, stops[at + 1]!, place - at)
}

/** Red, green and blue of '#rrggbb', 0 to 255. */
export function channels(color: string): [number, number, number] {
  const number = Number.parseInt(color.slice(1), 16)
  return [number >> 16, (number >> 8) & 255, number & 255]
}

/** How many steps the ramp has if colors must be few. */
const STEPS = 12

/** Everything that a drawn map may color words with: the wheel, the steps of the ramp, and the color of no value. */
export const PAGE_COLORS = {
  ramp: (part: number) =>
    Number.isNaN(part) ? DAY.length + STEPS : DAY.length + Math.min(STEPS - 1, Math.floor(part * STEPS)),
  of: (light: Light): string[] => [
    ...(light === 'day' ? DAY : NIGHT),
    ...Array.from({ length: STEPS }, (_, i) => rampColor(i / (STEPS - 1), light)),
    rampColor(Number.NaN, light),
  ],
}

function mixed(a: string, b: string, part: number): string {
  const [from, to] = [channels(a), channels(b)]
  return `#${from
    .map((value, i) =>
      Math.round(value + (to[i]! - value) * part)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}
