import { option, say, WordloomError } from '../errors.js'
import { TopK } from '../math/index.js'
import { checkGiven, completed } from '../options/index.js'
import { tokenize } from '../text/index.js'
import type { TrainingOptions } from '../training/index.js'
import { toldOptions } from '../training/inner.js'
import type { WordVectors } from '../vectors/index.js'
import { type FoundWord, foundWords } from '../vectors/inner.js'
import { InputSide } from './input-side.js'
import { OutputSide } from './output-side.js'
import { type PredictionOptions, predictionOptionTable } from './prediction-options.js'

/** A word that a context predicts. */
export interface PredictedWord {
  readonly word: string
  /** From 0 to 1; those of all words add up to 1. */
  readonly probability: number
  /** How many times as probable the word is as it is in the text without a context. */
  readonly lift: number
}

const ACTION = 'predict words'

/**
 * Predicts a word from the words around it, as the model was trained to: softmax by its probabilities, hierarchical
 * softmax by the product along its tree, negative sampling by exp(u·h) times the noise distribution, which is the
 * conditional probability at its optimum (Levy & Goldberg 2014, §3.1). Hidden rows are those of the architecture; where each word
 * of the context predicts alone, as in skip-gram, the answer is the mean of the words' predictions, so that one word is
 * answered with the outside words that it predicts.
 */
export class WordPrediction {
  readonly #words: WordVectors
  readonly #options: TrainingOptions
  readonly #input: InputSide
  readonly #output: OutputSide

  /** Takes the word vectors of a model. Throws `usage` if they came without output vectors, `bad-data` for a file that says nonsense. */
  constructor(words: WordVectors) {
    const { outputVectors, vocabulary } = words
    const options = isOurs(words) ? toldOptions(words.metadata, ACTION) : undefined
    if (!options || !outputVectors || vocabulary.tokens === 0) throw withoutOutput(words)
    this.#words = words
    this.#options = options
    this.#input = new InputSide(words, options)
    this.#output = new OutputSide(vocabulary, outputVectors, options)
  }

  /**
   * The words that the context predicts, a text or words in any order, best first; none if all its words are skipped.
   * Words of equal probability keep the order of the vocabulary. Throws `unknown-word` and `usage`.
   */
  predict(context: string | readonly string[], options: PredictionOptions = {}): PredictedWord[] {
    const { count, by } = completed(predictionOptionTable, options, ACTION)
    const probabilities = this.probabilities(context, options)
    if (!probabilities) return []
    const top = new TopK(count)
    const lifts = probabilities.map((probability, id) => this.#output.lift(id, probability))
    const scores = by === 'lift' ? lifts : probabilities
    for (let id = 0; id < scores.length; id++) top.offer(scores[id]!, id)
    return top.sorted().map(({ id }) => ({
      word: this.#words.vocabulary.word(id),
      probability: probabilities[id]!,
      lift: lifts[id]!,
    }))
  }

  /**
   * The probability of each word of the vocabulary, which add up to 1; undefined if all words of the context are
   * skipped. Throws as `predict` does.
   */
  probabilities(
    context: string | readonly string[],
    options: Pick<PredictionOptions, 'unknown' | 'document'> = {},
  ): Float64Array | undefined {
    checkGiven(predictionOptionTable, options, ACTION)
    this.#checkDocument(options.document)
    const hiddenRows = this.#input.hiddenRows(this.#found(context, options), options.document)
    return hiddenRows.length === 0 ? undefined : this.#output.probabilities(hiddenRows)
  }

  #found(context: string | readonly string[], { unknown, document }: PredictionOptions): FoundWord[] {
    const words = typeof context === 'string' ? tokenize(context, this.#options.tokenizer) : context
    const found = foundWords(this.#words, words, { unknown })
    if (words.length > 0 && !this.#input.predictsByWords)
      throw new WordloomError('usage', {
        action: ACTION,
        found: `${this.#options.architecture} learns nothing of words from words: only documents predict`,
        cure: say`give a ${option('document')} and no words`,
      })
    if (words.length === 0 && document === undefined)
      throw new WordloomError('usage', {
        action: ACTION,
        found: 'the context is empty',
        expected: 'words, or the vector of a document',
      })
    return found
  }

  #checkDocument(document: Float32Array | undefined): void {
    if (document === undefined) return
    const { dimensions } = this.#words
    if (!this.#input.learnsDocuments)
      throw new WordloomError('usage', {
        action: ACTION,
        found: say`${option('document')} is given, and ${this.#options.architecture} learns no documents`,
        cure: say`leave ${option('document')} out`,
      })
    if (!ArrayBuffer.isView(document) || document.length !== dimensions)
      throw new WordloomError('usage', {
        action: ACTION,
        found: say`${option('document')} is no vector of the model`,
        expected: `a Float32Array of ${dimensions} numbers`,
      })
  }
}

/** Files of others tell too little of the training: fastText's not how noise words were drawn. */
function isOurs({ metadata }: Pick<WordVectors, 'metadata'>): boolean {
  return metadata.creator?.startsWith('wordloom ') === true
}

/** Documents of a model have no counts, and other formats than ours drop output vectors. */
function cureFor({ metadata, outputVectors, vocabulary }: WordVectors): string {
  if (metadata.architecture === 'supervised')
    return 'this is a classifier of fastText: ask it for labels with loadClassifier of wordloom/classification'
  if (
    isOurs({ metadata }) &&
    metadata.architecture !== undefined &&
    !outputVectors &&
    vocabulary.tokens === 0
  )
    return 'if this is the file of documents, give the one of words, and this one beside it: wordloom predict model.safetensors --documents model.documents.safetensors --document NAME'
  return 'take the .safetensors file that training wrote, as other formats drop output vectors, or train one: wordloom train TEXT -o model.safetensors'
}

function withoutOutput(words: WordVectors): WordloomError {
  const missing = !words.outputVectors
    ? 'these vectors came without output vectors'
    : 'these vectors came without the options of their training, or without counts'
  return new WordloomError('usage', {
    action: ACTION,
    found: missing,
    expected: 'a model with both of its matrices, which .safetensors files of training keep',
    cure: cureFor(words),
  })
}
