import type { TensorPlace } from '../../tensors/index.js'

/** Whether a safetensors file is laid out as model2vec does. */
export function isTokenEmbeddings(tensors: readonly TensorPlace[]): boolean {
  const names = tensors.map(tensor => tensor.name)
  return names.includes('embeddings') && !names.includes('vectors')
}
