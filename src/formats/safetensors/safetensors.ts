import { beginsHeader } from '../../tensors/index.js'
import type { PlainFormat } from '../format.js'
import { takeSafetensors } from './reading.js'
import { writeSafetensors } from './writing.js'

/**
 * Our own file: a safetensors file with `vocabulary.counts` F64 [V], `vocabulary.offsets` U64 [V + 1],
 * `vocabulary.bytes` U8, `vocabulary.index` U32 [slots, 2] (see stored-index.ts; older files lack it), `vectors`
 * F32 [V, d] and perhaps `output_vectors` F32 [V, d] and vectors of sub-words (stored-subwords.ts), in an order that
 * aligns each to its item size and tells the words before their rows; or `vectors` in fewer bytes (see row-layout.ts).
 * It keeps everything there is: any bytes as words, counts, metadata.
 */
export const safetensors: PlainFormat = {
  extensions: ['.safetensors'],
  description: 'safetensors, which keeps everything',
  keepsTraining: true,
  keepsSubwords: true,
  recognizes: beginsHeader,
  read: takeSafetensors,
  write: writeSafetensors,
}
