import { option, say, WordloomError } from '../../errors.js'

export function withoutDocuments(): WordloomError {
  return new WordloomError('usage', {
    action: 'read a text',
    found: 'it has tags, and no vectors of documents are learned',
    cure: say`set ${option('architecture')} to one that learns documents, or give the text without tags`,
  })
}

export function changedError(path: string, size: number, bytes: number): WordloomError {
  return new WordloomError('bad-data', {
    place: { file: path },
    found: `the file changed while it was read: it had ${size.toLocaleString('en')} bytes before, and ${bytes.toLocaleString('en')} were read`,
    cure: 'start again when nothing writes to it',
  })
}
