/** 1234567 → "1,234,567". */
export function grouped(count: number): string {
  return Math.round(count).toLocaleString('en')
}

/** 1234567 → "1.23 M". */
export function short(count: number): string {
  const [divisor, unit] = count >= 999.5e6 ? [1e9, ' G'] : count >= 999.5e3 ? [1e6, ' M'] : [1e3, ' k']
  return count < 1000 ? String(Math.round(count)) : (count / divisor).toPrecision(3) + unit
}

/** (1, "word") → "1 word", (1234, "word") → "1,234 words". */
export function counted(count: number, what: string): string {
  return `${grouped(count)} ${what}${count === 1 ? '' : 's'}`
}

/** Decimal megabytes, as disks are sold; kilobytes of less than one. */
export function megabytes(bytes: number): string {
  if (bytes < 999.95e3) return bytes < 1000 ? `${bytes} bytes` : `${(bytes / 1e3).toFixed(1)} kB`
  const megabytes = bytes / 1e6
  return `${megabytes < 100 ? megabytes.toFixed(1) : grouped(megabytes)} MB`
}

/** 0.0312 → "3.1 %", 0.00004 → "under 0.1 %". */
export function percent(share: number): string {
  return share > 0 && share < 0.001 ? 'under 0.1 %' : `${(100 * share).toFixed(1)} %`
}

/** 75 → "1 min 15 s". */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  const minutes = Math.round(whole / 60)
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** 75 → "1:15", 3700 → "1:01:40", and below a minute "7 s". */
export function clock(seconds: number): string {
  const whole = Math.ceil(seconds)
  if (whole < 60) return `${whole} s`
  const two = (n: number) => String(n).padStart(2, '0')
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}
