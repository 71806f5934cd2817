import { option, say, WordloomError } from '../../errors.js'
import { text } from '../../options/index.js'
import { predictionOptionTable, WordPrediction } from '../../prediction/index.js'
import type { WordVectors } from '../../vectors/index.js'
import { openModel, openVectors } from '../files/open-vectors.js'
import { tellUnknown } from '../flags/answers.js'
import { vectorsInput } from '../flags/inputs.js'
import { predictionTable } from '../tables/prediction-table.js'
import { canConverse, converse, withoutQuestion } from '../terminal/conversation.js'
import { chosen } from '../verb/flags.js'
import { type Answer, verb } from '../verb/verb.js'

export const predict = verb({
  name: 'predict',
  summary: 'predict a word from the words around it',
  description:
    'Lists the words that a model expects amid these words, with their probabilities, and their lift: how many times ' +
    'as probable they are as in the text without a context. One word is answered with its contexts, the words ' +
    'that it predicts around it. In a terminal, without words, it asks for them line by line.',
  examples: [
    ['wordloom predict model.safetensors the king of', 'a word amid these'],
    ['wordloom predict model.safetensors king --by lift', 'the contexts of king'],
    ['wordloom predict m.safetensors --documents d.safetensors --document 17', 'the words of a document'],
  ],
  inputs: {
    model: { ...vectorsInput, help: 'the words of a model, as the .safetensors file that train writes' },
    word: { many: true, optional: true, help: 'the words around the one to predict, in any order' },
  },
  flags: {
    ...predictionOptionTable,
    documents: { kind: 'file', use: 'read', help: 'vectors of documents that were learned with the model' },
    document: {
      ...text(undefined, 'the document that the words are in, by its name in that file', {
        otherwise: 'none',
      }),
      placeholder: '<name>',
    },
  },
  plan({ word: words }, { json, documents, document }) {
    if ((documents === undefined) !== (document === undefined))
      throw new WordloomError('usage', {
        found: say`${option('documents')} names a file and ${option('document')} one of its documents, and only one of them is given`,
        cure: 'give both or neither',
      })
    const asks = words.length === 0 && document === undefined
    if (asks && (json || !canConverse()))
      throw withoutQuestion('predict needs <word>', 'wordloom predict model.safetensors the king of')
    return { asks, reads: [] }
  },
  async run({ model: path, word: words }, flags, { plan: { asks } }) {
    const model = await openModel(path)
    const prediction = predictionOf(model, path)
    const document = await documentOf(flags)
    const answer = (context: readonly string[]): Answer => {
      tellUnknown(model, context, flags)
      const options = { ...chosen(predictionOptionTable, flags), ...(document && { document }) }
      const predicted = prediction.predict(context, options)
      const title = [...context, ...(document ? [`(document ${flags.document})`] : [])].join(' ')
      return {
        json: { context, ...(document && { document: flags.document }), predicted },
        text: () => predictionTable(title, predicted),
      }
    }
    if (!asks) return answer(words)
    await converse('predict> ', async line => answer(line.split(/\s+/)).text())
    return undefined
  },
})

/** Throws with the name of the file. */
function predictionOf(model: WordVectors, file: string): WordPrediction {
  try {
    return new WordPrediction(model)
  } catch (error) {
    throw error instanceof WordloomError ? error.at({ file }) : error
  }
}

async function documentOf({
  documents,
  document,
}: {
  readonly documents?: string
  readonly document?: string
}): Promise<Float32Array | undefined> {
  if (documents === undefined || document === undefined) return undefined
  const vectors = await openVectors(documents)
  const vector = vectors.vector(document)
  if (vector) return vector
  throw new WordloomError('unknown-word', {
    place: { file: documents },
    found: `no document is named "${document}"`,
    expected: `a name such as "${vectors.vocabulary.word(0)}"`,
  })
}
