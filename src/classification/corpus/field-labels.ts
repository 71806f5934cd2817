/**
 * The labels in a field: text, parted if a separator is given, or what JSON has there. Undefined for what is none; a number
 * that JavaScript may have rounded is none either, since different ones would become one label.
 */
export function labelsIn(field: unknown, separator: string | undefined): string[] | undefined {
  if (field === undefined || field === null) return []
  const fields = Array.isArray(field) ? field : [field]
  if (!fields.every(isLabel)) return undefined
  const names = fields.map(String).flatMap(name => (separator ? name.split(separator) : [name]))
  return [...new Set(names.map(name => name.trim()).filter(Boolean))]
}

/** What to do with a field that has no labels. */
export const LABELS = 'write a label as text, in quotes; a number of over 15 digits would be rounded'

function isLabel(field: unknown): field is string | number | boolean {
  if (typeof field === 'string' || typeof field === 'boolean') return true
  return typeof field === 'number' && (Number.isSafeInteger(field) || isFraction(field))
}

function isFraction(number: number): boolean {
  return Number.isFinite(number) && !Number.isInteger(number)
}
