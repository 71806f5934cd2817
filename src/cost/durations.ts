const units = [
  { name: 's', seconds: 1 },
  { name: 'ms', seconds: 1e-3 },
  { name: 'µs', seconds: 1e-6 },
  { name: 'ns', seconds: 1e-9 },
] as const

/** 0.00123 → "1.23 ms", three digits of it, or fewer. */
export function shortDuration(seconds: number, digits = 3): string {
  if (seconds < 0) return `−${shortDuration(-seconds, digits)}`
  if (seconds === 0) return '0 s'
  const rounded = Number(seconds.toPrecision(digits))
  const { name, seconds: unit } = units.find(unit => rounded >= unit.seconds) ?? units[units.length - 1]!
  const count = rounded / unit
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(count)))
  return `${count.toFixed(decimals)} ${name}`
}
