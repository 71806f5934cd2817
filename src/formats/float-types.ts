import { fromFloat16 } from '../math/index.js'

/** Numbers of other widths as float32, from little-endian bytes. */

/** Reads as many numbers as `target` takes. */
export type FloatDecoder = (bytes: Uint8Array, target: Float32Array) => void

/** How numbers of a kind are read, and how many bytes one has. */
export interface FloatType {
  bytes: number
  decode: FloatDecoder
}

export const float16: FloatType = {
  bytes: 2,
  decode: each(2, (view, at) => fromFloat16(view.getUint16(at, true))),
}

/** The upper half of a float32. */
export const bfloat16: FloatType = {
  bytes: 2,
  decode: (bytes, target) => {
    const bits = new Uint32Array(target.buffer, target.byteOffset, target.length)
    for (let i = 0; i < bits.length; i++) bits[i] = (bytes[2 * i]! | (bytes[2 * i + 1]! << 8)) << 16
  },
}

export const float32: FloatType = {
  bytes: 4,
  decode: (bytes, target) =>
    new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(
      bytes.subarray(0, target.byteLength),
    ),
}

/** Whole numbers, of which a model's scale is not kept: directions are. */
export const int8: FloatType = { bytes: 1, decode: each(1, (view, at) => view.getInt8(at)) }

/** Rounded to float32. */
export const float64: FloatType = { bytes: 8, decode: each(8, (view, at) => view.getFloat64(at, true)) }

function each(bytesEach: number, number: (view: DataView, at: number) => number): FloatDecoder {
  return (bytes, target) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (let i = 0; i < target.length; i++) target[i] = number(view, i * bytesEach)
  }
}
