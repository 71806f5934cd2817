export { inChunks } from './chunks.js'
export {
  encodeEntry,
  encodeSizes,
  LABEL,
  LEAST_ENTRY_BYTES,
  takeEntry,
  takeSizes,
  WORD,
  wordWithoutNul,
} from './fasttext/dictionary.js'
export {
  encodeHeader,
  type FastTextHeader,
  type FastTextLoss,
  looksLikeFastText,
  takeHeader,
} from './fasttext/header.js'
export { withoutCompression } from './opening/companion.js'
export { decompressed } from './opening/decompressed.js'
export { sourceOf } from './opening/file-source.js'
export { AGAIN, checkPath } from './refusals.js'
export { matrixSection } from './safetensors/matrix-section.js'
export { StoredVocabulary, vocabularySections } from './safetensors/stored-vocabulary.js'
export { takeRow } from './selection/chosen-rows.js'
