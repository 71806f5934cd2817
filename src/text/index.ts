export { installedProse } from '#platform/text/installed-prose'
export type { Spool } from '../ids/index.js'
export { type Overflow, SENTENCE_END, type SharedIds, TokenIds } from '../ids/index.js'
export {
  type CorpusFacts,
  type CorpusProgress,
  type CorpusSource,
  pathsIn,
  type ReadTokensOptions,
  readTokens,
  type Sentence,
} from './corpus.js'
export { type EncodedCorpus, type EncodeOptions, encodeCorpus } from './encode.js'
export { encodings, type TextEncodingName } from './encoding.js'
export type { TokenizerFunction } from './lines.js'
export { MAX_TOKEN_BYTES, type Scanner, type TokenSink } from './scanner.js'
export { type SubwordSettings, subwordBuckets, subwordsOf } from './subwords.js'
export { scannerFor, type Tokenizer, type TokenizerName, tokenize, tokenizers } from './tokenizers.js'
export { Vocabulary, VocabularyBuilder, type VocabularyLimits } from './vocabulary.js'
export { checkVocabulary, readVocabulary, saveVocabulary, vocabularyFile } from './vocabulary-file.js'
