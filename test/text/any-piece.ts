import fc from 'fast-check'
import { anyText } from './any-text.js'

/** Text after which the kernel has forgotten that it left what was before to a scanner. */
export const GAP = Buffer.from(` ${'-'.repeat(40)}\n`)

/** Pieces of text that take every way through the scanners. */
export const piece = fc.oneof(
  { weight: 1, arbitrary: fc.constant(GAP) },
  { weight: 4, arbitrary: anyText.map(it => Buffer.from(it)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map(it => Buffer.from(it)) },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.constantFrom(...Buffer.from("aZ_9' \n\t.é’—漢ก\u0301\u200d😀İ\0"), 0xe0, 0x80, 0xff, 0xc0), {
        maxLength: 80,
      })
      .map(it => Buffer.from(it)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom('a', 'Z', '_', 'é', "a'", "'", '漢', 'x\u200d', 'Ⱥ'),
        fc.oneof(fc.integer({ min: 14, max: 34 }), fc.integer({ min: 480, max: 1015 }), fc.constant(3000)),
      )
      .map(([part, count]) => Buffer.from(` ${part.repeat(count)}`)),
  },
)
