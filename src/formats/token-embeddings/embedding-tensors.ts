import type { TensorPlace } from '../../tensors/index.js'

/** Names of the rows: model2vec's, and that of a StaticEmbedding of sentence-transformers. */
export const ROWS = ['embeddings', 'embedding.weight']

/** Whether a safetensors file is laid out as model2vec or sentence-transformers do. */
export function isTokenEmbeddings(tensors: readonly TensorPlace[]): boolean {
  const names = tensors.map(tensor => tensor.name)
  return ROWS.some(name => names.includes(name)) && !names.includes('vectors')
}
