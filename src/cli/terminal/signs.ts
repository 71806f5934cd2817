const TAKES_WORDS = /^--(plus|minus|among|exclude)$/

/**
 * "-man" among the words of `nearest` becomes "--minus=man", which would else be read as the flags -m, -a, -n,
 * and "+woman" becomes "--plus=woman". What follows a flag that takes words is one, whatever its sign.
 */
export function expandSigns(args: readonly string[]): string[] {
  const end = args.indexOf('--')
  return args.flatMap((arg, i) => {
    if (end >= 0 && i >= end) return arg
    if (TAKES_WORDS.test(arg) && args[i + 1]?.startsWith('-')) return `${arg}=${args[i + 1]}`
    if (TAKES_WORDS.test(args[i - 1] ?? '') && arg.startsWith('-')) return []
    if (/^-(?!n\d+$)[^-\s]\S/.test(arg)) return `--minus=${arg.slice(1)}`
    return /^\+[^\s+]/.test(arg) ? `--plus=${arg.slice(1)}` : arg
  })
}
