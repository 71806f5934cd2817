/**
 * The record through which one thread and its kernel speak: kernels/settings.ts, field by field in the same
 * order. Each field lies at the next multiple of its own size.
 */
const fields = {
  rowBytes: 'u32',
  inputVectors: 'u32',
  outputVectors: 'u32',
  words: 'u32',
  noise: 'u32',
  keep: 'u32',
  window: 'u32',
  negativeSamples: 'u32',
  ids: 'u32',
  count: 'u32',
  first: 'u32',
  last: 'u32',
  position: 'u64',
  keepKey: 'u32',
  windowKey: 'u32',
  negativeKey: 'u32',
  learningRate: 'f32',
  keptIds: 'u32',
  keptReach: 'u32',
  keptPlace: 'u32',
  hidden: 'u32',
  rows: 'u32',
  signs: 'u32',
  errors: 'u32',
  moved: 'u32',
  nullRow: 'u32',
  pairs: 'f64',
  slack: 'f64',
  exponent: 'f64',
  product: 'f64',
} as const

export type SettingsField = keyof typeof fields

const bytesOf = { u32: 4, u64: 8, f32: 4, f64: 8 } as const

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
    const offset = settingsOffsets[field]
    switch (fields[field]) {
      case 'u32':
        return this.#view.getUint32(offset, true)
      case 'f32':
        return this.#view.getFloat32(offset, true)
      case 'f64':
        return this.#view.getFloat64(offset, true)
      case 'u64':
        return this.#view.getUint32(offset, true) + this.#view.getUint32(offset + 4, true) * 2 ** 32
    }
  }

  set(values: Partial<Record<SettingsField, number>>): void {
    for (const field in values) this.#set(field as SettingsField, values[field as SettingsField]!)
  }

  #set(field: SettingsField, value: number): void {
    const offset = settingsOffsets[field]
    switch (fields[field]) {
      case 'u32':
        return this.#view.setUint32(offset, value, true)
      case 'f32':
        return this.#view.setFloat32(offset, value, true)
      case 'f64':
        return this.#view.setFloat64(offset, value, true)
      case 'u64':
        this.#view.setUint32(offset, value >>> 0, true)
        return this.#view.setUint32(offset + 4, Math.floor(value / 2 ** 32), true)
    }
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
  for (const [field, type] of Object.entries(fields) as [SettingsField, keyof typeof bytesOf][]) {
    const size = bytesOf[type]
    offsets[field] = Math.ceil(end / size) * size
    end = offsets[field] + size
  }
  return offsets
}
