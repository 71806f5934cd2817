import { train } from 'wordloom/training'
import { row } from '#math/matrix'
import { Random } from '#math/random'
import { Int8Matrix, QUERIES_PLACED, type ScoredRows, type SearchBuild, SearchMatrix } from '#scan/index'
import { TokenIds } from '#text/index'
import { KernelNumbering } from '#text/numbering/kernel-numbering'
import { ScannedNumbering } from '#text/numbering/scanned-numbering'
import { nameOf, plainCombinations } from '../training/combinations.js'
import { builds, compareOnce } from '../training/kernel-and-reference.js'

/** Each run asks a kernel and its twin so often that an engine has compiled both as well as it can. */
const ROUNDS = { windows: 6, blocks: 3, search: 700, numbering: 150 }

/** What is wrong with each door of the kernels, held against its twin in the engine that runs this. */
export async function wrongDoors(): Promise<string[]> {
  return [...wrongWindows(), ...(await wrongBlocks()), ...wrongScores(), ...wrongNumbers()]
}

/** `trainWindows` with each objective and architecture. */
function wrongWindows(): string[] {
  const shape = { dimensions: 10, negativeSamples: 5, window: 5, subsampling: 0.02 }
  return builds.flatMap(simd =>
    plainCombinations.flatMap(combination =>
      wrongIn(`windows, ${simd}, ${nameOf(combination)}`, ROUNDS.windows, () =>
        compareOnce(simd, { ...shape, ...combination }),
      ),
    ),
  )
}

function wrongIn(what: string, rounds: number, run: () => void): string[] {
  for (let round = 0; round < rounds; round++)
    try {
      run()
    } catch (error) {
      return [`${what}, round ${round}: ${error}`]
    }
  return []
}

/** `countPairs`, `writePairs` and `trainBlock`, by whole runs with the kernel and without. */
async function wrongBlocks(): Promise<string[]> {
  const wrong: string[] = []
  for (let seed = 0; seed < ROUNDS.blocks; seed++) {
    const [kernel, twin] = [await blocks('plain', seed), await blocks('none', seed)]
    const apart = kernel.reduce((most, value, i) => Math.max(most, Math.abs(value - twin[i]!)), 0)
    if (!(apart < 1e-4)) wrong.push(`blocks, round ${seed}: ${apart} apart`)
  }
  return wrong
}

async function blocks(simd: 'plain' | 'none', seed: number): Promise<Float32Array> {
  const options = { dimensions: 12, minCount: 1, epochs: 2, schedule: 'blocks', threads: 1 } as const
  const { vectors } = await train(sentences(seed, 600), { ...options, simd, seed })
  return vectors.matrix.data
}

function* sentences(seed: number, count: number): Generator<string> {
  for (let s = 0; s < count; s++) {
    const random = new Random(seed, s)
    const topic = random.below(12)
    yield Array.from({ length: 12 }, () => `w${topic * 20 + random.below(20)}`).join(' ')
  }
}

const ROWS = 45

/** `scoreRows`, `scoreInt8Rows` and `measureRows` for every number of queries: the same bits. */
function wrongScores(): string[] {
  const wrong: string[] = []
  for (let round = 0; round < ROUNDS.search; round++) {
    const columns = [7, 32, 50][round % 3]!
    const count = 1 + (round % QUERIES_PLACED)
    const queries = Array.from({ length: count }, (_, q) => randomVector(new Random(round, q), columns))
    const [plain, twin, relaxed] = (['plain', 'typescript', 'relaxed'] as const).map(build =>
      matrices(build, columns),
    )
    const what = `round ${round}, ${count} queries × ${columns}`
    if (!isSame(scores(plain!.floats, queries), scores(twin!.floats, queries), 0))
      wrong.push(`search, ${what}`)
    if (!isSame(scores(relaxed!.floats, queries), scores(twin!.floats, queries), 1e-5))
      wrong.push(`search, relaxed, ${what}`)
    if (!isSame(scores(plain!.int8, queries), scores(twin!.int8, queries), 0)) wrong.push(`int8, ${what}`)
  }
  return wrong
}

const made = new Map<string, { floats: SearchMatrix; int8: Int8Matrix }>()

function matrices(build: SearchBuild, columns: number) {
  const name = `${build} ${columns}`
  const known = made.get(name)
  if (known) return known
  const floats = SearchMatrix.allocate(ROWS, columns, { build })
  for (let i = 0; i < ROWS; i++) row(floats.matrix, i).set(randomVector(new Random(i, columns), columns))
  const both = { floats, int8: Int8Matrix.of(floats, { build }) }
  made.set(name, both)
  return both
}

function randomVector(random: Random, length: number): Float32Array {
  return Float32Array.from({ length }, () => random.uniform() - 0.5)
}

/** Of every query with every row, and where the first score above nought is. */
function scores(matrix: ScoredRows, queries: readonly Float32Array[]): number[] {
  return matrix
    .place(queries)
    .flatMap(group =>
      matrix.scorePlaced(group, 0, ROWS).flatMap(found => [...found, matrix.firstAbove(found, 0, 0)]),
    )
}

function isSame(found: readonly number[], expected: readonly number[], most: number): boolean {
  return found.length === expected.length && found.every((value, i) => Math.abs(value - expected[i]!) <= most)
}

/** The doors of the text kernel: bytes that are text, nearly text, and no text, in pieces of any size. */
function wrongNumbers(): string[] {
  return (['words', 'whitespace'] as const).flatMap(tokenizer =>
    Array.from({ length: ROUNDS.numbering }, (_, round) => {
      const pieces = Array.from({ length: 6 }, (_, i) => someBytes(new Random(round, i)))
      const [kernel, twin] = [KernelNumbering, ScannedNumbering].map(kind => {
        const ids = new TokenIds()
        return numbered(new kind(tokenizer, ids), ids, pieces)
      })
      return kernel === twin ? [] : [`numbering, ${tokenizer}, round ${round}`]
    }).flat(),
  )
}

const parts = [
  'water',
  'Éa',
  'ß',
  'naïve',
  'слово',
  '水',
  'が',
  "don't",
  '3.14',
  '-',
  '…',
  '\n',
  ' ',
  '\t',
  ' ',
  '😀',
]
const encoder = new TextEncoder()

function someBytes(random: Random): Uint8Array {
  const text = Array.from({ length: 200 }, () => {
    const space = random.below(2) === 0 ? ' ' : ''
    return `${parts[random.below(parts.length)]}${space}`
  })
  const bytes = encoder.encode(text.join(''))
  for (let i = 0; i < 4; i++) bytes[random.below(bytes.length)] = random.below(256)
  return bytes
}

function numbered(
  numbering: KernelNumbering | ScannedNumbering,
  ids: TokenIds,
  pieces: readonly Uint8Array[],
): string {
  for (const piece of pieces) numbering.write(piece)
  numbering.end()
  const { tokens, sentences, skipped } = numbering
  const { vocabulary, ids: finalIds } = numbering.finish({ minCount: 1 })
  const numbers = new Int32Array(ids.length)
  ids.read(0, ids.length, numbers)
  const words = Array.from({ length: vocabulary.size }, (_, id) => [...vocabulary.bytes(id)])
  const counts = [...vocabulary.counts]
  return JSON.stringify([tokens, sentences, skipped, words, counts, finalIds && [...finalIds], [...numbers]])
}
