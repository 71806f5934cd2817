// What the kernels of training and TypeScript must agree on, written once: the records through which they speak, the
// sizes of the arrays behind them, and numbers that both sides count with. scripts/build-kernels.mjs makes from it
//
//   kernels/records.generated.ts        the records as classes of AssemblyScript, and all constants
//   src/training/memory/records.generated.ts   the same records as classes over a memory, and the sizes of their arrays
//   src/<room>/constants.generated.ts   the constants that a room's twins of the kernels count with
//
// A field is [type, what it says] or [type, what it says, bytes]: with bytes it points to an array of that many bytes in
// the scratch of its thread, an expression over `measures` and `constants`. A field that points to another record has
// that record's name as type. Fields lie in this order, each at the next multiple of its own size.

import { lineRecords } from './line-records.mjs'

/** What the sizes of arrays follow from: [type, what it says]. */
export const measures = {
  positions: ['number', 'ids of the longest block, with its neighbours'],
  rowBytes: ['number', 'of a row of either matrix'],
  words: ['number', 'rows of the output matrix'],
  window: ['number', ''],
  negativeSamples: ['number', ''],
  chosen: ['number', 'output rows that one hidden row can meet'],
  mostBags: ['number', 'bags that can predict one word'],
  longestBag: ['number', 'input rows that one bag can have'],
  blocks: ['boolean', 'trained in the schedule of blocks, which needs no windows, and not window by window'],
  batches: ['boolean', 'the objective takes pairs in batches, as exact softmax does'],
  subwords: ['boolean', 'words have rows of sub-words beside their own'],
  documents: ['boolean', 'documents have an input row'],
}

/** What follows from the measures and stands in the sizes by its name. */
export const derived = {
  entries: ['Math.ceil(chosen / 6) * 6', 'rows that the kernel scores: it takes six at a time'],
  paddedWords: ['Math.ceil(words / 4) * 4', 'the kernel of softmax takes four words at a time'],
  waitingBags: [
    'Math.max(batches ? BATCH : WORDS_TOGETHER, mostBags)',
    'bags that wait until they are trained',
  ],
}

const GROUP_ROWS = 32

/** Numbers that kernels count with, and `room`, where their twins do; those without a room are for sizes alone. */
export const constants = {
  MOST_DRAWS: {
    room: 'equations',
    value: 100,
    says: 'draws for one negative sample. If all of them were in vain, the outside words have next to all of the noise distribution: then any other word will do, or a text of one word over and over would be drawn from without end',
  },
  WORDS_TOGETHER: {
    room: 'reference',
    value: 4,
    says: 'words that are predicted once (CBOW) and share their negative samples',
  },
  FEWEST_WORDS: {
    room: 'reference',
    value: 16,
    says: 'the smallest vocabulary that leaves such words others to draw',
  },
  BATCH: {
    room: 'reference',
    value: 32,
    says: 'pairs of exact softmax that are trained together at most, a multiple of four',
  },
  PIECE: { room: 'reference', value: 2 ** 17, says: 'pairs of a block that are trained at a time' },
  GROUP_ROWS: {
    room: 'reference',
    value: GROUP_ROWS,
    says: 'input rows whose pairs stay together: two such groups fit the first-level cache',
  },
  STEPS_TOGETHER: {
    room: 'reference',
    value: 3,
    says: 'steps of two pairs that see the same negative samples',
  },
  STRETCH: { room: 'reference', value: 256, says: 'steps whose pairs wait together' },
  ROUNDS: { room: 'reference', value: 4, says: 'rounds of a stretch in which pairs go two by two' },
  LINES_TOGETHER: {
    room: 'reference',
    value: 8,
    says: 'labelled lines that are trained together, a multiple of four: the sum of the steps of 128 overshoots',
  },
  GROUPS: { value: 2 ** 16 / GROUP_ROWS, says: 'groups of input rows in the largest part' },
}

/** Choices that kernels know by their number, which is their place: in a list, or in the table of a folder. */
export const choices = {
  architecture: 'src/reference/architectures',
  objective: 'src/reference/objectives',
  bagForm: ['mean', 'undivided', 'sum'],
}

export const records = {
  Model: {
    owner: 'training.ts',
    says: 'what is trained, and how: the same for all blocks of a run, but for the part at hand and the learning rate',
    fields: {
      rowBytes: ['u32', 'of a row of either matrix, a multiple of 16'],
      inputVectors: ['u32', 'the first input row: of all, or of the part at hand'],
      outputVectors: ['u32', 'the first output row: of all, or of the part at hand'],
      words: ['u32', 'rows of the output matrix'],
      learningRate: ['f32', ''],
      frozen: ['u32', 'u8 for each row from inputVectors on: 1 if it is not to be moved'],
      frozenRows: ['u32', 'how many such marks there are; 0 if no word is frozen'],
      architecture: ['u32', 'one of choices.architecture'],
      objective: ['u32', 'one of choices.objective'],
      bagForm: ['u32', 'one of choices.bagForm: a mean, a mean whose gradient is not divided, or a sum'],
      keep: ['u32', 'u32 a word: a token is kept if its draw is at most this'],
      window: ['u32', 'tokens to each side that a center word reaches at most'],
      leastReach: ['u32', 'and at least'],
      negativeSamples: ['u32', 'noise words that each pair meets'],
      noise: ['u32', 'the noise distribution of the output rows at hand: src/training/memory/noise-runs.ts'],
      pathStarts: ['u32', 'u32 a word, and one more: where its path begins in `paths`, counted in entries'],
      paths: ['u32', 'u32 each: inner node << 1 | code, from the root down'],
      wordRowStarts: [
        'u32',
        'u32 a word, and one more: where its input rows begin in `wordRows`; 0 if words have one each',
      ],
      wordRows: ['u32', 'u32 each: pointers to input rows, the row of a word first, then its sub-words’'],
      documentRowStarts: ['u32', 'as `wordRowStarts`, by document; 0 if documents have one row each'],
      documentRows: ['u32', 'u32 each: pointers to input rows, those of the tags of a document'],
      mostDocumentRows: ['u32', 'input rows that one document can have'],
      nullRow: ['u32', 'a row of zeros, which stands in for a row that is missing', 'rowBytes'],
      sink: ['u32', 'two rows that take what frozen rows may not; nothing reads them', '2 * rowBytes'],
    },
  },
  Block: {
    owner: 'kept.ts',
    says: 'a stretch of the text: ids[first … last) are trained, the rest on both sides is there for their windows',
    fields: {
      ids: ['u32', 'i32 each, −1 ends a sentence', '4 * positions'],
      count: ['u32', 'of ids'],
      first: ['u32', ''],
      last: ['u32', ''],
      position: ['u64', 'of ids[0] in the whole corpus'],
      keepKey: ['u32', 'key of the draws that keep tokens'],
      windowKey: ['u32', 'key of the draws that shrink windows'],
      negativeKey: ['u32', 'key of the draws of negative samples'],
      documents: [
        'u32',
        'u32 for each of ids, if documents are learned: the input row of its document, or its number if rows are listed',
        'documents ? 4 * positions : 0',
      ],
    },
  },
  Buckets: {
    owner: 'pairs.ts',
    says: 'pairs of a chunk, bucket by bucket. A pair is (center’s place in its part) << 16 | (outside word’s place)',
    fields: {
      parts: ['u32', 'P'],
      places: ['u32', 'u32 a word: part << 16 | place in the part'],
      keptPlaces: ['u32', 'u32 for each kept word: its place, as in `places`', 'blocks ? 4 * positions : 0'],
      cursors: ['u32', 'u32 for each of P · P buckets: how many pairs it has, or where its next pair goes'],
      pairs: ['u32', 'u32 each: the pairs of all buckets'],
    },
  },
  Pairs: {
    owner: 'blocks.ts',
    says: 'the pairs of one bucket',
    fields: {
      list: ['u32', 'u32 each, as in Buckets'],
      count: ['u32', ''],
      negativeKey: ['u32', 'key of the draws of negative samples that pairs share'],
      ownNegativeKey: ['u32', 'and of those of pairs that cannot use these'],
    },
  },
  Sums: {
    owner: 'step.ts',
    says: 'what came of training, added up by the kernels. The loss in nats is slack + ln 2 · exponent + ln product: Σ −ln σ(z) = Σ max(−z, 0) + ln Π (1 + e^−|z|)',
    fields: {
      pairs: ['f64', 'pairs of a hidden row and a word to predict'],
      slack: ['f64', ''],
      exponent: ['f64', ''],
      product: ['f64', '1 … 2'],
    },
  },
  Scratch: {
    owner: 'training.ts',
    says: 'the scratch of one thread; a run has arrays for the algorithms that it uses',
    fields: {
      kept: ['Kept', ''],
      chosen: ['Chosen', ''],
      bags: ['Bags', ''],
      centers: ['Centers', ''],
      softmax: ['Softmax', ''],
      pieces: ['Pieces', ''],
    },
  },
  Kept: {
    owner: 'kept.ts',
    says: 'the tokens of a block that sub-sampling keeps, and the ends of its sentences',
    fields: {
      ids: ['u32', 'i32 each, as in Block', '4 * positions'],
      reach: ['u32', 'u32 each: how far the window of that center word reaches', '4 * positions'],
      index: ['u32', 'u32 each: its index in the ids of the block', '4 * positions'],
      count: ['u32', 'of them'],
      trained: [
        'u32',
        'u32 each: indices of the kept words that are trained, if they are listed beforehand',
        'blocks ? 0 : 4 * positions',
      ],
    },
  },
  Chosen: {
    owner: 'chosen.ts',
    says: 'the labelled output rows that two hidden rows meet: two entries a row, for the one and for the other',
    fields: {
      rows: ['u32', 'u32 each: pointers to output rows', '8 * entries'],
      signs: ['u32', 'u32 each: 0 for label 1, the sign bit for label 0', '8 * entries + 16'],
      errors: [
        'u32',
        'f32 each: scores, then errors times the learning rate; whole vectors are written',
        '8 * entries + 16',
      ],
    },
  },
  Bags: {
    owner: 'bag-list.ts',
    says: 'bags of input rows, each of which makes one hidden row, and two hidden rows that are no rows of the matrix',
    fields: {
      rows: [
        'u32',
        'u32 each: pointers to input rows, bag after bag',
        'blocks ? 0 : 4 * waitingBags * longestBag',
      ],
      ends: ['u32', 'u32 a bag: one past its last row in `rows`', 'blocks ? 0 : 4 * waitingBags'],
      words: [
        'u32',
        'u32 a bag: the word it predicts, if bags of several words lie together',
        'blocks ? 0 : 4 * waitingBags',
      ],
      before: ['u32', 'two rows: the means or sums of two bags', 'blocks ? 0 : 2 * rowBytes'],
      moved: ['u32', 'two rows: the same after the step', 'blocks ? 0 : 2 * rowBytes'],
    },
  },
  Centers: {
    owner: 'centers.ts',
    says: 'skip-gram with sub-words, by center words',
    fields: {
      lanes: ['u32', 'two records of Lane', 'subwords ? 2 * LANE_BYTES : 0'],
      outsides: ['u32', 'for each lane a list of 2 · window words', 'subwords ? 2 * 2 * window * 4 : 0'],
      predicted: ['u32', 'u32 a lane: the words that the pairs at hand predict', 'subwords ? 2 * 4 : 0'],
      rows: ['u32', 'three rows a lane', 'subwords ? 6 * rowBytes : 0'],
    },
  },
  Lane: {
    owner: 'centers.ts',
    says: 'one of the two stretches of center words that are passed at the same time',
    inKernelsOnly: true,
    fields: {
      position: ['u64', 'of the center word in the whole corpus'],
      next: ['u32', 'index into the list of trained words'],
      end: ['u32', 'where that stretch of the list ends'],
      bag: ['u32', 'pointers to the input rows of the center word'],
      bagRows: ['u32', 'how many'],
      outsides: ['u32', 'u32 each: the words that the center word predicts'],
      count: ['u32', 'of them'],
      done: ['u32', 'of them'],
      hidden: ['u32', 'a row: the hidden row as it moves'],
      before: ['u32', 'a row: as it was gathered'],
      moved: ['u32', 'a row: as the step at hand leaves it'],
    },
  },
  Softmax: {
    owner: 'softmax.ts',
    says: 'a batch of pairs of exact softmax',
    fields: {
      hidden: ['u32', 'a row a pair', 'batches ? BATCH * rowBytes : 0'],
      changes: ['u32', 'a row a pair: how the hidden row moves', 'batches ? BATCH * rowBytes : 0'],
      scores: [
        'u32',
        'f32 for each pair and word, words filled up to a multiple of four; then errors',
        'batches ? 4 * BATCH * paddedWords : 0',
      ],
    },
  },
  Pieces: {
    owner: 'blocks.ts',
    says: 'the piece of a bucket that is trained',
    fields: {
      sorted: ['u32', 'u32 each: its pairs, grouped by input', 'blocks ? 4 * PIECE : 0'],
      groups: [
        'u32',
        'u32 for each group of inputs, and one more: where its next pair goes',
        'blocks ? 4 * (GROUPS + 1) : 0',
      ],
      negatives: [
        'u32',
        'u32 each: pointers to the rows of the shared negative samples',
        'blocks ? 4 * negativeSamples : 0',
      ],
      waiting: [
        'u32',
        'u32 each: two lists of pairs that wait for the next round',
        'blocks ? 2 * 8 * STRETCH : 0',
      ],
    },
  },
  ...lineRecords,
}
