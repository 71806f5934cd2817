import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { cleaned } from '#classification/cleaning'
import { loadClassifier } from '#classification/index'

const models = fileURLToPath(new URL('../../../test/classification/models/', import.meta.url))

test('capitals and marks of punctuation are cleaned as is asked', () => {
  const text = 'Don’t pay 3.14, (Ótimo)! __label__x well-known -5'
  const clean = (lowercase: boolean, punctuation: 'kept' | 'apart' | 'dropped') =>
    cleaned(text, { lowercase, punctuation }).split(/ +/).filter(Boolean).join(' ')
  assert.equal(clean(false, 'kept'), text)
  assert.equal(clean(true, 'kept'), text.toLowerCase())
  assert.equal(clean(false, 'apart'), 'Don’t pay 3.14 , ( Ótimo ) ! __label__x well-known - 5')
  assert.equal(clean(true, 'dropped'), 'don’t pay 3.14 ótimo __label__x well-known 5')
})

test('a classifier that is told to treats "Ba!" as "ba"', async () => {
  const path = join(models, 'softmax.bin')
  const plain = await loadClassifier(path)
  const cleaning = await loadClassifier(path, { lowercase: true, punctuation: 'dropped' })
  assert.deepEqual(cleaning.predict('BA ba, Ba!', { count: 6 }), plain.predict('ba ba ba', { count: 6 }))
  assert.notDeepEqual(cleaning.predict('BA ba, Ba!'), plain.predict('BA ba, Ba!'))
  await assert.rejects(loadClassifier(path, { punctuation: 'gone' as never }), /punctuation is "gone"/)
})
