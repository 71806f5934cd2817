export { installedProse } from '#platform/text/prose/installed-prose'
export type { Spool } from '../ids/index.js'
export { type Overflow, SENTENCE_END, type SharedIds, TokenIds } from '../ids/index.js'
export { type EncodedCorpus, type EncodeOptions, encodeCorpus } from './encode.js'
export type { SentenceTags } from './numbering/sentence-tags.js'
export { readTokens } from './reading/corpus.js'
export type { CorpusFacts, CorpusProgress, ReadTokensOptions, TextObserver } from './reading/corpus-facts.js'
export { type CorpusSource, pathsIn, type Sentence } from './reading/corpus-source.js'
export { encodingOption, isUtf8, isUtf16, type TextEncodingName } from './reading/encoding.js'
export { recoded } from './reading/recoder.js'
export type { TaggedDocument } from './reading/tagged-document.js'
export { type TagForm, tagForms, taggedDocuments } from './reading/tagged-files.js'
export type { TokenizerFunction } from './scanning/lines.js'
export { MAX_TOKEN_BYTES, type Scanner, type TokenSink } from './scanning/scanner.js'
export {
  scannerFor,
  type Tokenizer,
  type TokenizerName,
  tokenize,
  tokenizers,
} from './scanning/tokenizers.js'
export { type SubwordSettings, subwordBuckets, subwordsOf } from './subwords.js'
export type { LeftOutWords } from './vocabulary/left-out-words.js'
export { Vocabulary, VocabularyBuilder, type VocabularyLimits } from './vocabulary/vocabulary.js'
export {
  checkVocabulary,
  readVocabulary,
  saveVocabulary,
  vocabularyFile,
} from './vocabulary/vocabulary-file.js'
