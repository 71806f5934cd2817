export { aliasTable } from './alias-table.js'
export {
  decodeRow,
  type EncodedRows,
  encodeFloat16,
  encodeInt8Rows,
  encodeProducts,
  firstBeyondFloat16,
  type Precision,
  type ProductRows,
  pickedRows,
  precisions,
} from './encoded-rows.js'
export { exp, log, pow } from './exponential.js'
export { firstNotFinite } from './finite.js'
export { fromFloat16 } from './float16.js'
export { Growing } from './growing.js'
export { encodeInt8, INT8_MOST } from './int8-rows.js'
export { allocateMatrix, type Matrix, paddedStride, row } from './matrix.js'
export { CENTERS, ProductQuantizer } from './product-quantizer.js'
export { draw, GOLDEN, keyOf, mix, Purpose, Random, scale } from './random.js'
export { singularValues } from './singular-values.js'
export { TopK } from './top-k.js'
export { transportCost } from './transport.js'
export { addScaled, cosine, dot, norm } from './vector.js'
