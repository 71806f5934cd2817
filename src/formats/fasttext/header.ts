import type { ByteReader } from '../../tensors/index.js'
import { AGAIN } from '../refusals.js'

/** What a fastText file says of how it was made; the sizes are those that its tables must have. */
export interface FastTextHeader {
  /** 11 and 12 stand behind a magic number; 0 is what came before. */
  version: number
  dimensions: number
  window: number
  epochs: number
  minCount: number
  negativeSamples: number
  wordNgrams: number
  loss: FastTextLoss
  model: FastTextModel
  buckets: number
  minNgram: number
  maxNgram: number
  /** Tokens between two looks at the learning rate. */
  updateRate: number
  subsampling: number
}

/** fastText's numbers for its losses and models. */
export const losses = {
  'hierarchical-softmax': 1,
  'negative-sampling': 2,
  softmax: 3,
  'one-vs-all': 4,
} as const
export const models = { cbow: 1, 'skip-gram': 2, supervised: 3 } as const
export type FastTextLoss = keyof typeof losses
export type FastTextModel = keyof typeof models

const MAGIC = 0x2f4f16ba
const VERSION = 12
/** Twelve int32 and a float64, in the order in which they stand. */
const BYTES = 12 * 4 + 8
/** More numbers a row than any machine trains. */
const MOST_DIMENSIONS = 1 << 20

/** Files of version 11 and later begin with a number of their own, older ones with the settings at once. */
export function looksLikeFastText(head: Uint8Array): boolean {
  if (head.length < 8) return false
  return viewOf(head).getUint32(0, true) === MAGIC || looksOld(head)
}

/** Throws `bad-data` for versions and settings that cannot be. */
export async function takeHeader(reader: ByteReader): Promise<FastTextHeader> {
  if (!(await reader.fill(8 + BYTES))) throw reader.cutOff('the settings')
  const view = viewOf(reader.bytes.subarray(reader.position))
  const isOld = view.getUint32(0, true) !== MAGIC
  const version = isOld ? 0 : view.getInt32(4, true)
  if (!isOld && version !== 11 && version !== 12)
    throw reader.error({
      found: `the version of the fastText file is ${version}`,
      expected: 'version 11 or 12, or none',
    })
  const start = isOld ? 0 : 8
  const int = (place: number) => view.getInt32(start + 4 * place, true)
  const header = {
    version,
    dimensions: int(0),
    window: int(1),
    epochs: int(2),
    minCount: int(3),
    negativeSamples: int(4),
    wordNgrams: int(5),
    loss: nameOf(losses, int(6)),
    model: nameOf(models, int(7)),
    buckets: int(8),
    minNgram: int(9),
    maxNgram: int(10),
    updateRate: int(11),
    subsampling: view.getFloat64(start + 48, true),
  }
  reader.position += start + BYTES
  return checked(reader, header)
}

/** The first bytes of a file of version 12. */
export function encodeHeader(header: Omit<FastTextHeader, 'version'>): Uint8Array {
  const bytes = new Uint8Array(8 + BYTES)
  const view = viewOf(bytes)
  const { dimensions, window, epochs, minCount, negativeSamples, wordNgrams, loss, model } = header
  const { buckets, minNgram, maxNgram, updateRate, subsampling } = header
  const settings = [dimensions, window, epochs, minCount, negativeSamples, wordNgrams]
  const choices = [losses[loss], models[model]]
  const subwords = [buckets, minNgram, maxNgram, updateRate]
  for (const [place, n] of [MAGIC, VERSION, ...settings, ...choices, ...subwords].entries())
    view.setInt32(4 * place, n, true)
  view.setFloat64(BYTES, subsampling, true)
  return bytes
}

function checked(
  reader: ByteReader,
  header: Omit<FastTextHeader, 'loss' | 'model'> & {
    loss: FastTextLoss | undefined
    model: FastTextModel | undefined
  },
): FastTextHeader {
  const { loss, model, subsampling, ...numbers } = header
  if (loss === undefined || model === undefined)
    throw reader.error({
      found: 'the fastText file has an unknown loss or model: it is damaged',
      cure: AGAIN,
    })
  const wrong = Object.entries(numbers).find(([, n]) => n < 0)
  if (wrong)
    throw reader.error({
      found: `${wrong[0]} of the fastText file is ${wrong[1]}: it is damaged`,
      expected: 'a number from 0',
      cure: AGAIN,
    })
  if (header.dimensions === 0 || header.dimensions > MOST_DIMENSIONS)
    throw reader.error({
      found: `the fastText file has ${header.dimensions.toLocaleString('en')} dimensions`,
      expected: `1 to ${MOST_DIMENSIONS.toLocaleString('en')}`,
    })
  if (!(subsampling >= 0 && subsampling < Number.POSITIVE_INFINITY))
    throw reader.error({
      found: `the sub-sampling of the fastText file is ${subsampling}: it is damaged`,
      expected: 'a number from 0',
      cure: AGAIN,
    })
  return { ...header, loss, model }
}

/** dim, ws, epoch, minCount, neg and wordNgrams are small, loss and model one of three. */
function looksOld(head: Uint8Array): boolean {
  if (head.length < BYTES) return false
  const view = viewOf(head)
  const small = [0, 4, 8, 12, 16, 20].map(at => view.getInt32(at, true))
  const [loss, model] = [24, 28].map(at => view.getInt32(at, true))
  const isChoice = (n: number | undefined) => n !== undefined && n >= 1 && n <= 3
  return small.every(n => n >= 0 && n <= 1 << 15) && small[0]! > 0 && isChoice(loss) && isChoice(model)
}

function nameOf<Name extends string>(numbers: Record<Name, number>, number: number): Name | undefined {
  return (Object.keys(numbers) as Name[]).find(name => numbers[name] === number)
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}
