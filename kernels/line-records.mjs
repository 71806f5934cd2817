// Records of labelled lines, as those of records.mjs. Who uses them places them and their arrays: `apart`.

export const lineRecords = {
  Lines: {
    owner: 'lines.ts',
    says: 'a batch of labelled lines, each with the input rows of its words and n-grams. Columns are parted into slices, matrices of their own that are trained apart: only the scores of a line are sums over all slices',
    apart: true,
    fields: {
      count: ['u32', 'of lines'],
      ends: ['u32', 'u32 a line: one past its last row in `numbers`'],
      numbers: ['u32', 'u32 each: input rows by number, line after line'],
      rows: ['u32', 'u32 each: the same as pointers into the slice at hand'],
      labelEnds: ['u32', 'u32 a line: one past its last label in `labels`'],
      labels: [
        'u32',
        'u32 each: the first label of a line is the one that it is trained for, unless all are',
      ],
      places: ['u32', 'u32 a line: what its draws are keyed by'],
      negativeKey: ['u32', 'key of the draws of negative samples'],
      rates: ['u32', 'f32 a line: its learning rate'],
      entries: ['u32', 'output rows that a line can meet, a multiple of four'],
      met: ['u32', 'u32 a line: output rows that it meets'],
      outputs: ['u32', 'u32 for each line and entry: output rows by number, if not all are met'],
      signs: ['u32', 'u32 for each line and entry: as in Chosen'],
      errors: ['u32', 'f32 for each line and entry: scores, then errors times the learning rate'],
      scores: ['u32', 'f32 for each slice, line and entry: what each slice adds to the scores'],
      slices: ['u32', ''],
    },
  },
  Slice: {
    owner: 'lines.ts',
    says: 'what a batch of lines is in one slice of the columns',
    apart: true,
    fields: {
      hidden: ['u32', 'a row a line: the mean of its input rows'],
      changes: ['u32', 'a row a line: how that moves'],
      scores: ['u32', 'f32 for each line and entry: what this slice adds to the scores'],
    },
  },
}
