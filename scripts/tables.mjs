/** The page with a table between the comments of a name. */
export function between(text, marker, table) {
  const markers = new RegExp(`(<!-- ${marker}: .*? -->\n)[\\s\\S]*?(<!-- /${marker} -->)`)
  return text.replace(markers, (_, open, close) => `${open}\n${table}\n\n${close}`)
}

export function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}
