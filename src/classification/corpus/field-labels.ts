/** The labels in a field: text, parted if a separator is given, or what JSON has there. Undefined for what is none. */
export function labelsIn(field: unknown, separator: string | undefined): string[] | undefined {
  if (field === undefined || field === null) return []
  const fields = Array.isArray(field) ? field : [field]
  if (!fields.every(isLabel)) return undefined
  const names = fields.map(String).flatMap(name => (separator ? name.split(separator) : [name]))
  return [...new Set(names.map(name => name.trim()).filter(Boolean))]
}

function isLabel(field: unknown): field is string | number | boolean {
  return typeof field === 'string' || typeof field === 'number' || typeof field === 'boolean'
}
