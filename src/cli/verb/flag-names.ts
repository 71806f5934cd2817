import type { NamedOption } from '../../errors.js'

/** Options whose flags have other names than in code. */
const others: Readonly<Record<string, string>> = { frozen: '--freeze' }

/** minCount → --min-count; what is a flag already, or the flag of another verb, stays. */
export function flagNamed(name: string): string {
  return others[name] ?? (name.includes('--') ? name : `--${kebab(name)}`)
}

/** An option as one writes it on the command line: `--min-count`, `--resume`, `--objective softmax`. */
export function asFlag({ option, value }: NamedOption): string {
  const flag = flagNamed(option)
  if (value === undefined || value === true) return flag
  return value === false ? flag.replace('--', '--no-') : `${flag} ${value}`
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
}
