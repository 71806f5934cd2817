import { WordloomError } from '../errors.js'
import { readBytes, sha256, writeWhole } from '../files/index.js'
import { ByteReader, bytesOf, fileOf, type Section, type TensorPlace, takeHeader } from '../tensors/index.js'
import { DIMENSIONS, type RunState } from './treebank-run.js'

const FORMAT = 'wordloom-assignment-1'

/** The numbers of a run, as its tensors hold them. */
type Numbers = Pick<RunState, 'inputVectors' | 'outputVectors' | 'random'>

/**
 * Writes all that a run needs to go on, as a safetensors file: both matrices in float64, the words of the random
 * generator, and as metadata the iteration, the smoothed loss and digests. Whole or not at all; throws `not-written`.
 */
export async function writeCheckpoint(path: string, state: RunState): Promise<void> {
  const sections = sectionsOf(state)
  await writeWhole(path, fileOf(sections, metadataOf(state, digestOf(sections))))
}

/** Reads what `writeCheckpoint` wrote. Throws `no-input`, and `bad-data` if it is something else or damaged. */
export async function readCheckpoint(path: string): Promise<RunState> {
  const reader = new ByteReader({ name: path, chunks: readBytes(path) })
  try {
    return await takeCheckpoint(reader)
  } catch (cause) {
    if (!(cause instanceof WordloomError && cause.code === 'bad-data')) throw cause
    const { place, found } = cause.fault
    throw new WordloomError(
      'bad-data',
      {
        place: { file: path, ...place },
        found: ['this is not a whole checkpoint of "wordloom assignment": ', ...[found].flat()],
        cure: 'name another checkpoint, or begin anew',
      },
      { cause },
    )
  } finally {
    await reader.close()
  }
}

function sectionsOf({ inputVectors, outputVectors, random }: Numbers): Section[] {
  const matrix = [inputVectors.length / DIMENSIONS, DIMENSIONS]
  return [
    { name: 'input_vectors', dtype: 'F64', shape: matrix, chunks: [bytesOf(inputVectors)] },
    { name: 'output_vectors', dtype: 'F64', shape: matrix, chunks: [bytesOf(outputVectors)] },
    { name: 'random_state', dtype: 'U32', shape: [random.length], chunks: [bytesOf(random)] },
  ]
}

function metadataOf(state: RunState, digest: string): Record<string, string> {
  return {
    format: FORMAT,
    iteration: String(state.iteration),
    ...(state.smoothedLoss !== undefined && { smoothed_loss: String(state.smoothedLoss) }),
    lose_repeats: String(state.loseRepeats),
    treebank_sha256: state.treebankDigest,
    tensors_sha256: digest,
  }
}

async function takeCheckpoint(reader: ByteReader): Promise<RunState> {
  const { tensors, metadata } = await takeHeader(reader)
  if (metadata.format !== FORMAT)
    throw reader.error({ found: `its format is ${JSON.stringify(metadata.format)}`, expected: FORMAT })
  const numbers = await takeNumbers(reader, tensors)
  if (digestOf(sectionsOf(numbers)) !== metadata.tensors_sha256)
    throw reader.error({ found: 'its numbers are damaged' })
  return {
    ...numbers,
    iteration: wholeNumber(reader, metadata.iteration),
    smoothedLoss: metadata.smoothed_loss === undefined ? undefined : finite(reader, metadata.smoothed_loss),
    loseRepeats: metadata.lose_repeats === 'true',
    treebankDigest: metadata.treebank_sha256 ?? '',
  }
}

/** The three tensors, in their order, and nothing else. */
async function takeNumbers(reader: ByteReader, tensors: readonly TensorPlace[]): Promise<Numbers> {
  const [inputs, outputs, random] = tensors
  if (
    inputs?.name !== 'input_vectors' ||
    outputs?.name !== 'output_vectors' ||
    random?.name !== 'random_state'
  )
    throw reader.error({
      found: `its tensors are ${tensors.map(({ name }) => name).join(', ') || 'missing'}`,
    })
  const numbers = {
    inputVectors: new Float64Array(await take(reader, inputs, 'F64')),
    outputVectors: new Float64Array(await take(reader, outputs, 'F64')),
    random: new Uint32Array(await take(reader, random, 'U32')),
  }
  if (tensors.length > 3 || (await reader.fill(1)))
    throw reader.error({ found: 'more follows after its tensors' })
  return numbers
}

async function take(reader: ByteReader, { name, dtype, start, end }: TensorPlace, wanted: string) {
  if (dtype !== wanted) throw reader.error({ found: `"${name}" is ${dtype}`, expected: wanted })
  if (!(await reader.fill(end - start))) throw reader.cutOff(`"${name}"`) // before anything is set aside
  const bytes = new Uint8Array(end - start)
  await reader.readInto(bytes, `"${name}"`)
  return bytes.buffer
}

function digestOf(sections: readonly Section[]): string {
  const hash = sha256()
  for (const { chunks } of sections) for (const chunk of chunks) hash.update(chunk)
  return hash.finish()
}

function wholeNumber(reader: ByteReader, text = ''): number {
  const number = finite(reader, text)
  if (Number.isSafeInteger(number) && number > 0) return number
  throw reader.error({ found: `its iteration is ${text}`, expected: 'a whole number from 1' })
}

function finite(reader: ByteReader, text: string): number {
  const number = Number(text)
  if (text !== '' && Number.isFinite(number)) return number
  throw reader.error({ found: `"${text}" is no number` })
}
