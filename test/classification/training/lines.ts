import { Random } from '#math/random'

/** Lines of words drawn by chance, of which some come with one label more often than with others. */
export function madeUpLines(count: number, labels: number, seed = 1, each = 1) {
  const random = new Random(seed, 0)
  return Array.from({ length: count }, () => {
    const own = Array.from({ length: 1 + random.below(each) }, () => `l${random.below(labels)}`)
    const words = Array.from({ length: 1 + random.below(12) }, () =>
      random.below(3) === 0 ? `w${own[0]}${random.below(4)}` : `w${random.below(30)}`,
    )
    return { text: words.join(' '), labels: [...new Set(own)] }
  })
}
