/** What stands in a page for node:assert/strict, as far as what tests share with pages asks for it. */
export default {
  ok(value: unknown, message = 'it does not hold'): void {
    if (!value) throw new Error(message)
  },
  equal(found: unknown, expected: unknown): void {
    if (!Object.is(found, expected)) throw new Error(`${found} instead of ${expected}`)
  },
}

/** What stands there for node:test: pages run no tests, they are tested. */
export function test(): void {}
