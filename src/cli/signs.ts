/** "-man" among the words of `nearest` becomes "--minus=man", which would else be read as the flags -m, -a, -n. */
export function expandSigns(args: readonly string[]): string[] {
  const end = args.indexOf('--')
  return args.map((arg, i) =>
    (end < 0 || i < end) && /^-(?!n\d+$)[^-\s]\S/.test(arg) ? `--minus=${arg.slice(1)}` : arg,
  )
}
