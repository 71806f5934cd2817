/**
 * Word vectors from raw text.
 *
 *     import { train, load } from 'wordloom'
 *
 *     const model = await train('corpus.txt', { dimensions: 100, epochs: 5 })
 *     model.vectors.nearest('king', 10)
 *     await model.save('vectors.safetensors')
 */
export { type ErrorCode, WordloomError } from './errors.js'
export { evaluate } from './evaluation/index.js'
export { load, save } from './formats/index.js'
export { readGraph, walks } from './graphs/index.js'
export { learnPhrases, Phrases, readPhrases } from './phrases/index.js'
export { Vocabulary } from './text/index.js'
export {
  Model,
  type Progress,
  type StartCall,
  type StartFacts,
  type TrainCall,
  type TrainingOptions,
  train,
} from './training/index.js'
export { sentenceVectors, WordVectors } from './vectors/index.js'
