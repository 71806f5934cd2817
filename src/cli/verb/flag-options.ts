import { Option } from 'commander'
import { isUnbounded, type Range, UNBOUNDED } from '../../options/index.js'
import { flagNamed } from './flag-names.js'
import { readerOf } from './flag-values.js'
import type { Flag, Flags } from './flags.js'

/** Flags that have a letter too. */
const letters: Readonly<Record<string, string>> = { output: '-o', count: '-n', quiet: '-q' }

const placeholders: Readonly<Record<Flag['kind'], string>> = {
  integer: '<n>',
  number: '<x>',
  numbers: '<list>',
  choice: '<name>',
  text: '<text>',
  words: '<words>',
  file: '<file>',
  time: '<time>',
  texts: '<text>',
  flag: '',
}

/** A table of flags as commander takes them; `styled` gives the default and the range their look. */
export function optionsOf(flags: Flags, styled: (facts: string) => string): Option[] {
  return Object.entries(flags).flatMap(([name, flag]) => [
    optionOf(name, flag, styled),
    ...(flag.kind === 'file' && flag.refused
      ? [withHeading(new Option(flagNamed(name).replace('--', '--no-'), flag.refused), flag)]
      : []),
  ])
}

function optionOf(name: string, flag: Flag, styled: (facts: string) => string): Option {
  const facts = factsOf(flag)
  const option = new Option(formOf(name, flag), facts === '' ? flag.help : `${flag.help} ${styled(facts)}`)
  if (flag.kind === 'file' && flag.required) option.makeOptionMandatory()
  if (flag.kind === 'texts') collect(option, readerOf(name, flag))
  else if (flag.kind !== 'flag') option.argParser(readerOf(name, flag))
  return withHeading(option, flag)
}

function withHeading(option: Option, { heading }: Flag): Option {
  return heading === undefined ? option : option.helpGroup(heading)
}

/** -n, --count <n> */
function formOf(name: string, flag: Flag): string {
  const letter = letters[name] === undefined ? '' : `${letters[name]}, `
  const value = flag.placeholder ?? placeholders[flag.kind]
  const behind = flag.kind === 'texts' && flag.each === 'same flag' ? value.replace('>', '...>') : value
  return `${letter}${flagNamed(name)} ${behind}`.trimEnd()
}

function collect(option: Option, read: (text: string) => unknown): void {
  option.argParser((text, earlier: readonly unknown[] = []) => [...earlier, read(text)])
}

/** What holds if the flag is not given, and what else may be. */
function factsOf(flag: Flag): string {
  const usual = 'otherwise' in flag ? flag.otherwise : undefined
  switch (flag.kind) {
    case 'integer':
    case 'number':
      return [`default ${usual ?? flag.default}`, ...rangeOf(flag)].join('; ')
    case 'choice': {
      const others = flag.choices.filter(choice => choice !== flag.default && !flag.help.includes(choice))
      return choiceFacts([...(flag.default ? [flag.default] : []), ...others], usual ?? flag.default)
    }
    case 'numbers':
      return `default ${usual ?? flag.default?.join(',')}`
    case 'text':
    case 'words':
      return (usual ?? flag.default?.length) ? `default ${usual ?? [flag.default].flat().join(',')}` : ''
    case 'file':
    case 'time':
      return usual === undefined ? '' : `default ${usual}`
    default:
      return ''
  }
}

/** words or whitespace; default words */
function choiceFacts(shown: readonly string[], usual: string | undefined): string {
  const named = shown.length > 1 ? shown.join(' or ') : ''
  return [named, usual === undefined ? '' : `default ${usual}`].filter(text => text !== '').join('; ')
}

/** What may be given, if not every number may. */
function rangeOf({ min, max }: Range): string[] {
  if (!isUnbounded(max)) return [`${min} to ${max}`]
  return min < -UNBOUNDED ? [] : [`${min} or more`]
}
