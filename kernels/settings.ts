/**
 * What one thread reads and writes besides the two matrices: sizes, pointers into the shared memory, the block
 * at hand, and what came of it. src/training/settings.ts mirrors this record; a test compares the offsets.
 */
@unmanaged
export class Settings {
  // The model: the same for all threads.
  rowBytes: u32 // a row of either matrix, a multiple of 16
  inputVectors: u32
  outputVectors: u32
  noise: u32 // of the words at hand: src/training/noise-runs.ts
  keep: u32 // u32 a word: a token is kept when its draw is at most this
  window: u32
  leastReach: u32 // the window of a center word reaches leastReach … window words to each side
  negativeSamples: u32
  words: u32 // rows of the output matrix
  architecture: u32 // 0 skip-gram, 1 CBOW
  objective: u32 // 0 negative sampling, 1 hierarchical softmax, 2 softmax
  bagForm: u32 // 0 mean, 1 mean whose gradient is not divided, 2 sum
  pathStarts: u32 // u32 a word, and one more: where its path begins in `paths`, counted in entries
  paths: u32 // u32 each: inner node << 1 | code, from the root down
  wordRowStarts: u32 // u32 a word, and one more: where its input rows begin in `wordRows`; 0 where words have one each
  wordRows: u32 // pointers to input rows, a word's own first, then those of its sub-words
  // The block: ids[first … last) are trained, the rest on both sides is there for their windows.
  ids: u32 // i32 each, −1 ends a sentence
  count: u32
  first: u32
  last: u32
  position: u64 // of ids[0] in the whole corpus
  keepKey: u32
  windowKey: u32
  negativeKey: u32
  ownNegativeKey: u32 // for pairs that cannot use the shared negative samples
  learningRate: f32
  // Pairs of a chunk, bucket by bucket. A pair is (center's place in its part) << 16 | (outside word's place).
  parts: u32 // P
  places: u32 // u32 a word: part << 16 | place in the part
  pairList: u32 // u32 each: where all buckets' pairs go, or the pairs of one block
  pairCount: u32 // of one block
  buckets: u32 // u32 for each of P · P buckets: how many pairs, or where the next one goes
  // Scratch of this thread.
  sorted: u32 // pairs of a piece of a block, grouped by input
  groups: u32 // u32 for each group of inputs, and one more
  negatives: u32 // rows of the negative samples at hand
  waiting: u32 // pairs that could not use these: two lists
  keptIds: u32 // i32 each, as long as ids
  keptReach: u32 // u32 each: how far the window of that center word reaches
  keptPlace: u32 // u32 each: its index in ids
  documents: u32 // u32 for each of ids: the input row of its document, where documents are learned
  bagRows: u32 // input row numbers of the bags at hand, bag after bag
  bagEnds: u32 // by bag: one past its last row in bagRows
  hidden: u32 // rows: the means or sums of two bags before the step, and after it; or of a batch, and their changes; or three a lane
  outsides: u32 // by bag: the word it predicts, for softmax; with sub-words, the words that each lane predicts
  scores: u32 // f32: of each pair of a batch against all words, for softmax
  lanes: u32 // two records of kernels/centers.ts
  trained: u32 // indices into keptIds: words to predict
  rows: u32 // pointers to the chosen output rows, two per row: for the one and for the other hidden row
  signs: u32 // 0 for label 1, the sign bit for label 0; two per row
  errors: u32 // f32, two per row
  moved: u32 // two rows, for hidden rows on their way
  nullRow: u32 // a row of zeros that pairs with what has no partner
  frozen: u32 // u8 for each row from inputVectors on: 1 where it is not to be moved
  frozenRows: u32 // how many such marks there are; 0 where no word is frozen
  // Results, added up by the kernel.
  pairs: f64
  // The loss in nats is slack + ln 2 · exponent + ln product: Σ −ln σ(z) = Σ max(−z, 0) + ln Π (1 + e^−|z|).
  slack: f64
  exponent: f64
  product: f64 // 1 … 2
}

export function load32(pointer: u32, i: u32): u32 {
  return load<u32>(pointer + (i << 2))
}

export function store32(pointer: u32, i: u32, value: u32): void {
  store<u32>(pointer + (i << 2), value)
}

/** Writes the offset of every field, in the order above, for the test that compares them with TypeScript's. */
export function writeOffsets(pointer: u32): u32 {
  let i: u32 = 0
  store32(pointer, i++, offsetof<Settings>('rowBytes'))
  store32(pointer, i++, offsetof<Settings>('inputVectors'))
  store32(pointer, i++, offsetof<Settings>('outputVectors'))
  store32(pointer, i++, offsetof<Settings>('noise'))
  store32(pointer, i++, offsetof<Settings>('keep'))
  store32(pointer, i++, offsetof<Settings>('window'))
  store32(pointer, i++, offsetof<Settings>('leastReach'))
  store32(pointer, i++, offsetof<Settings>('negativeSamples'))
  store32(pointer, i++, offsetof<Settings>('words'))
  store32(pointer, i++, offsetof<Settings>('architecture'))
  store32(pointer, i++, offsetof<Settings>('objective'))
  store32(pointer, i++, offsetof<Settings>('bagForm'))
  store32(pointer, i++, offsetof<Settings>('pathStarts'))
  store32(pointer, i++, offsetof<Settings>('paths'))
  store32(pointer, i++, offsetof<Settings>('wordRowStarts'))
  store32(pointer, i++, offsetof<Settings>('wordRows'))
  store32(pointer, i++, offsetof<Settings>('ids'))
  store32(pointer, i++, offsetof<Settings>('count'))
  store32(pointer, i++, offsetof<Settings>('first'))
  store32(pointer, i++, offsetof<Settings>('last'))
  store32(pointer, i++, offsetof<Settings>('position'))
  store32(pointer, i++, offsetof<Settings>('keepKey'))
  store32(pointer, i++, offsetof<Settings>('windowKey'))
  store32(pointer, i++, offsetof<Settings>('negativeKey'))
  store32(pointer, i++, offsetof<Settings>('ownNegativeKey'))
  store32(pointer, i++, offsetof<Settings>('learningRate'))
  store32(pointer, i++, offsetof<Settings>('parts'))
  store32(pointer, i++, offsetof<Settings>('places'))
  store32(pointer, i++, offsetof<Settings>('pairList'))
  store32(pointer, i++, offsetof<Settings>('pairCount'))
  store32(pointer, i++, offsetof<Settings>('buckets'))
  store32(pointer, i++, offsetof<Settings>('sorted'))
  store32(pointer, i++, offsetof<Settings>('groups'))
  store32(pointer, i++, offsetof<Settings>('negatives'))
  store32(pointer, i++, offsetof<Settings>('waiting'))
  store32(pointer, i++, offsetof<Settings>('keptIds'))
  store32(pointer, i++, offsetof<Settings>('keptReach'))
  store32(pointer, i++, offsetof<Settings>('keptPlace'))
  store32(pointer, i++, offsetof<Settings>('documents'))
  store32(pointer, i++, offsetof<Settings>('bagRows'))
  store32(pointer, i++, offsetof<Settings>('bagEnds'))
  store32(pointer, i++, offsetof<Settings>('hidden'))
  store32(pointer, i++, offsetof<Settings>('outsides'))
  store32(pointer, i++, offsetof<Settings>('scores'))
  store32(pointer, i++, offsetof<Settings>('lanes'))
  store32(pointer, i++, offsetof<Settings>('trained'))
  store32(pointer, i++, offsetof<Settings>('rows'))
  store32(pointer, i++, offsetof<Settings>('signs'))
  store32(pointer, i++, offsetof<Settings>('errors'))
  store32(pointer, i++, offsetof<Settings>('moved'))
  store32(pointer, i++, offsetof<Settings>('nullRow'))
  store32(pointer, i++, offsetof<Settings>('frozen'))
  store32(pointer, i++, offsetof<Settings>('frozenRows'))
  store32(pointer, i++, offsetof<Settings>('pairs'))
  store32(pointer, i++, offsetof<Settings>('slack'))
  store32(pointer, i++, offsetof<Settings>('exponent'))
  store32(pointer, i++, offsetof<Settings>('product'))
  return i
}
