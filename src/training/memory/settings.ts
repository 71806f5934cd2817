/**
 * The record through which one thread and its kernel speak: kernels/settings.ts, field by field in the same
 * order. Each field lies at the next multiple of its own size.
 */
const fields = {
  rowBytes: 'u32',
  inputVectors: 'u32',
  outputVectors: 'u32',
  noise: 'u32',
  keep: 'u32',
  window: 'u32',
  leastReach: 'u32',
  negativeSamples: 'u32',
  words: 'u32',
  architecture: 'u32',
  objective: 'u32',
  bagForm: 'u32',
  pathStarts: 'u32',
  paths: 'u32',
  wordRowStarts: 'u32',
  wordRows: 'u32',
  ids: 'u32',
  count: 'u32',
  first: 'u32',
  last: 'u32',
  position: 'u64',
  keepKey: 'u32',
  windowKey: 'u32',
  negativeKey: 'u32',
  ownNegativeKey: 'u32',
  learningRate: 'f32',
  parts: 'u32',
  places: 'u32',
  pairList: 'u32',
  pairCount: 'u32',
  buckets: 'u32',
  sorted: 'u32',
  groups: 'u32',
  negatives: 'u32',
  waiting: 'u32',
  keptIds: 'u32',
  keptReach: 'u32',
  keptPlace: 'u32',
  documents: 'u32',
  bagRows: 'u32',
  bagEnds: 'u32',
  hidden: 'u32',
  outsides: 'u32',
  scores: 'u32',
  lanes: 'u32',
  trained: 'u32',
  rows: 'u32',
  signs: 'u32',
  errors: 'u32',
  moved: 'u32',
  nullRow: 'u32',
  frozen: 'u32',
  frozenRows: 'u32',
  pairs: 'f64',
  slack: 'f64',
  exponent: 'f64',
  product: 'f64',
} as const

export type SettingsField = keyof typeof fields

interface Accessor {
  readonly bytes: number
  get(view: DataView, offset: number): number
  set(view: DataView, offset: number, value: number): void
}

const accessors: Record<'u32' | 'u64' | 'f32' | 'f64', Accessor> = {
  u32: {
    bytes: 4,
    get: (view, offset) => view.getUint32(offset, true),
    set: (view, offset, value) => view.setUint32(offset, value, true),
  },
  u64: {
    bytes: 8,
    get: (view, offset) => Number(view.getBigUint64(offset, true)),
    set: (view, offset, value) => view.setBigUint64(offset, BigInt(value), true),
  },
  f32: {
    bytes: 4,
    get: (view, offset) => view.getFloat32(offset, true),
    set: (view, offset, value) => view.setFloat32(offset, value, true),
  },
  f64: {
    bytes: 8,
    get: (view, offset) => view.getFloat64(offset, true),
    set: (view, offset, value) => view.setFloat64(offset, value, true),
  },
}

/** Where each field lies, in bytes from the start of the record. */
export const settingsOffsets = layOut()

/** The size of the record in bytes, a multiple of 16. */
export const SETTINGS_BYTES = 256

/** One thread's record in the shared memory. */
export class Settings {
  readonly pointer: number
  readonly #view: DataView

  constructor(memory: WebAssembly.Memory, pointer: number) {
    this.pointer = pointer
    this.#view = new DataView(memory.buffer, pointer, SETTINGS_BYTES)
  }

  get(field: SettingsField): number {
    return accessors[fields[field]].get(this.#view, settingsOffsets[field])
  }

  set(values: Partial<Record<SettingsField, number>>): void {
    for (const [field, value] of Object.entries(values) as [SettingsField, number][])
      accessors[fields[field]].set(this.#view, settingsOffsets[field], value)
  }

  /** The loss in nats of all pairs trained since `clearResults`. */
  get loss(): number {
    return this.get('slack') + Math.LN2 * this.get('exponent') + Math.log(this.get('product'))
  }

  clearResults(): void {
    this.set({ pairs: 0, slack: 0, exponent: 0, product: 1 })
  }
}

function layOut(): Readonly<Record<SettingsField, number>> {
  const offsets = {} as Record<SettingsField, number>
  let end = 0
  for (const [field, type] of Object.entries(fields) as [SettingsField, keyof typeof accessors][]) {
    const size = accessors[type].bytes
    offsets[field] = Math.ceil(end / size) * size
    end = offsets[field] + size
  }
  return offsets
}
