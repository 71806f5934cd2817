/** Baskets of up to 300 of 60 items. */
export const baskets = Array.from({ length: 900 }, (_, b) =>
  Array.from(
    { length: b % 90 === 0 ? 300 : 1 + (b % 7) },
    (_, i) => `i${Math.imul(b * 31 + i, 0x9e3779b1) >>> 27}`,
  ),
)
