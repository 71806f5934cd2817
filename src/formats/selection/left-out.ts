/** What is told of rows that are not finite. */
export function leftOutWarning(name: string, rows: number): string {
  const were = rows === 1 ? '1 row was' : `${rows.toLocaleString('en')} rows were`
  return `${name}: ${were} left out, with numbers that are not finite`
}
