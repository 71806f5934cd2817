import type { TensorPlace } from '../../tensors/index.js'

/** The name of model2vec's rows. */
export const MODEL2VEC_ROWS = 'embeddings'

/** Names of the rows: model2vec's, and that of a StaticEmbedding of sentence-transformers. */
export const ROWS = [MODEL2VEC_ROWS, 'embedding.weight']

/** Whether a safetensors file is laid out as model2vec or sentence-transformers do. */
export function isTokenEmbeddings(tensors: readonly TensorPlace[]): boolean {
  const names = tensors.map(tensor => tensor.name)
  return ROWS.some(name => names.includes(name)) && !names.includes('vectors')
}
