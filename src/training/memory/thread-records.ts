import {
  type Measures,
  RECORDS_BYTES,
  type Sums,
  scratchSizes,
  type ThreadRecords,
} from './records.generated.js'

/** Bytes of a thread's records and of the arrays behind them. */
export function threadBytes(measures: Measures): number {
  return Object.values(scratchSizes(measures))
    .flatMap(sizes => Object.values<number>(sizes))
    .reduce((sum, bytes) => sum + aligned(bytes), RECORDS_BYTES)
}

/** Makes the records of a thread point to their arrays, which lie behind them one after another. */
export function placeArrays(records: ThreadRecords, measures: Measures): void {
  let end = records.pointer + RECORDS_BYTES
  const sizes = scratchSizes(measures)
  for (const name of Object.keys(sizes) as (keyof typeof sizes)[])
    for (const [field, bytes] of Object.entries<number>(sizes[name])) {
      records[name].write({ [field]: end })
      end += aligned(bytes)
    }
  const { kept, chosen, bags, centers, softmax, pieces } = records
  records.scratch.write({
    kept: kept.pointer,
    chosen: chosen.pointer,
    bags: bags.pointer,
    centers: centers.pointer,
    softmax: softmax.pointer,
    pieces: pieces.pointer,
  })
}

export function clearSums(sums: Sums): void {
  sums.write({ pairs: 0, slack: 0, exponent: 0, product: 1 })
}

/** The loss in nats of all pairs trained since `clearSums`. */
export function lossOf({ slack, exponent, product }: Sums): number {
  return slack + Math.LN2 * exponent + Math.log(product)
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 16) * 16
}
