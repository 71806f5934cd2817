import { StoredVocabulary } from '../../formats/inner.js'
import { type ByteReader, type TensorPlace, takeHeader } from '../../tensors/index.js'
import type { ClassifierParts } from '../classifier.js'
import { CENTROIDS, CodedRows, PlainRows, type Rows } from '../rows.js'
import { checkFormat } from './classifier-format.js'
import { type StoredFacts, storedFacts } from './stored-facts.js'
import { TakenTensors } from './taken-tensors.js'

/** Takes a classifier of our own format (see writing.ts), its tensors in whatever order. Throws `bad-data`. */
export async function takeStoredClassifier(reader: ByteReader): Promise<ClassifierParts> {
  const { tensors, metadata } = await takeHeader(reader)
  const { format, classifier, ...facts } = metadata
  checkFormat(reader, format)
  const stored = storedFacts(reader, classifier)
  const words = vocabularyIn(reader, 'words', tensors)
  const labels = vocabularyIn(reader, 'labels', tensors)
  const taken = new TakenTensors(reader)
  for (const tensor of tensors)
    if (!(await words.take(reader, tensor)) && !(await labels.take(reader, tensor))) await taken.take(tensor)
  const parts = {
    words: words.finish(reader),
    labels: labels.finish(reader),
    kept: bucketsIn(taken, stored),
    settings: stored.settings,
    loss: stored.loss,
    input: rowsIn(taken, 'input', stored.widths.input),
    output: rowsIn(taken, 'output', stored.widths.output),
    metadata: facts,
  }
  checkSizes(taken, parts)
  return parts
}

/** Throws `bad-data` if counts and offsets are not those of as many words. */
function vocabularyIn(reader: ByteReader, name: string, tensors: readonly TensorPlace[]): StoredVocabulary {
  const shapeOf = (part: string, dtype: string) => {
    const found = tensors.find(tensor => tensor.name === `${name}.${part}`)
    return found?.dtype === dtype && found.shape.length === 1 ? found.shape[0]! : -1
  }
  const [size, offsets] = [shapeOf('counts', 'F64'), shapeOf('offsets', 'U64')]
  if (size >= 0 && offsets === size + 1 && shapeOf('bytes', 'U8') >= 0)
    return new StoredVocabulary(size, name)
  throw reader.error({
    place: { part: `tensors "${name}"` },
    found: 'they are missing, or of other types or lengths',
    expected: 'counts F64 [n], offsets U64 [n + 1] and bytes U8',
  })
}

/** Buckets by their places. */
function bucketsIn(taken: TakenTensors, { settings }: StoredFacts): Map<number, number> | undefined {
  const buckets = taken.buckets('buckets')
  if (!buckets) return undefined
  const kept = new Map(Array.from(buckets, (bucket, place) => [bucket, place]))
  if (kept.size < buckets.length || buckets.some(bucket => bucket >= settings.buckets))
    throw taken.unsound('buckets', 'a bucket is there twice, or past the last one')
  return kept
}

function rowsIn(taken: TakenTensors, name: string, width: number | undefined): Rows {
  const [rows = 0, across = 0] = taken.shape(name)
  if (width === undefined) return new PlainRows(taken.matrix(name))
  const numbers = taken.floats(`${name}.centroids`)
  const columns = numbers.length / CENTROIDS
  if (!Number.isInteger(columns) || across === 0 || across !== Math.ceil(columns / width))
    throw taken.unsound(name, `${across} codes a row do not fit ${columns} columns in parts of ${width}`)
  const centroids = { columns, parts: across, width, numbers }
  const codes = taken.bytes(name, rows * across)
  if (!taken.has(`${name}.norms`)) return new CodedRows(codes, centroids)
  const norms = { codes: taken.bytes(`${name}.norm_codes`, rows), numbers: taken.floats(`${name}.norms`) }
  if (norms.numbers.length !== CENTROIDS)
    throw taken.unsound(`${name}.norms`, `there are ${norms.numbers.length} norms`)
  return new CodedRows(codes, centroids, norms)
}

/** A tree of labels has a node less than it has labels, and perhaps a row of zeros in its place. */
function checkSizes(
  taken: TakenTensors,
  { words, labels, kept, settings, loss, input, output }: ClassifierParts,
): void {
  const rows = words.size + (kept?.size ?? settings.buckets)
  const spare = loss === 'hierarchical-softmax' ? labels.size - output.rows : 0
  if (labels.size === 0) throw taken.unsound('labels.counts', 'there are no labels')
  if (input.columns === 0 || input.rows !== rows)
    throw taken.unsound('input', `it is [${input.rows}, ${input.columns}] for ${rows} words and buckets`)
  if (output.columns !== input.columns || (output.rows !== labels.size && spare !== 1))
    throw taken.unsound(
      'output',
      `it is [${output.rows}, ${output.columns}] for ${labels.size} labels of ${input.columns} columns`,
    )
}
