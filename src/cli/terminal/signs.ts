/**
 * "-man" among the words of `nearest` becomes "--minus=man", which would else be read as the flags -m, -a, -n,
 * and "+woman" becomes "--plus=woman".
 */
export function expandSigns(args: readonly string[]): string[] {
  const end = args.indexOf('--')
  return args.map((arg, i) => {
    if (end >= 0 && i >= end) return arg
    if (/^-(?!n\d+$)[^-\s]\S/.test(arg)) return `--minus=${arg.slice(1)}`
    return /^\+[^\s+]/.test(arg) ? `--plus=${arg.slice(1)}` : arg
  })
}
