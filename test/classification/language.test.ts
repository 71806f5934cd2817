import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { loadClassifier, quantizeClassifier, saveClassifier } from '#classification/index'
import { predicted, skip as withoutFastText } from './classifiers.js'

const shared = new URL('../../../../shared/data/multilingual/', import.meta.url)
const languages = ['ar', 'de', 'en', 'es', 'hi', 'ru', 'vi', 'zh']
const folder = mkdtempSync(join(tmpdir(), 'wordloom-languages-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string) => join(folder, name)
const skip = withoutFastText || (!existsSync(shared) && 'no ../shared beside the checkout')

/** Lines of each language in turn, so that each tenth is one to ask about. */
function writeLines(): { label: string; text: string }[] {
  const all = languages.flatMap(label =>
    gunzipSync(readFileSync(new URL(`xquad-${label}.txt.gz`, shared)))
      .toString()
      .split('\n')
      .slice(0, 300)
      .filter(text => text.trim() !== '')
      .map((text, i) => ({ label, text: text.slice(0, 200), isAsked: i % 10 === 0 })),
  )
  const line = ({ label, text }: { label: string; text: string }) => `__label__${label} ${text}\n`
  writeFileSync(
    file('train.txt'),
    all
      .filter(({ isAsked }) => !isAsked)
      .map(line)
      .join(''),
  )
  return all.filter(({ isAsked }) => isAsked)
}

test('a language identifier like lid.176.ftz is read, written and made smaller as fastText does it', {
  skip,
}, async () => {
  const asked = writeLines()
  const settings = '-dim 16 -minn 2 -maxn 4 -bucket 20000 -loss hs -epoch 10 -lr 0.5 -thread 1'.split(' ')
  const model = file('lid')
  const input = ['-input', file('train.txt'), '-output', model]
  execFileSync('fasttext', ['supervised', ...input, ...settings], { stdio: 'ignore' })
  execFileSync('fasttext', ['quantize', ...input, '-qnorm', '-cutoff', '8000'], { stdio: 'ignore' })

  const texts = asked.map(({ text }) => text)
  const theirs = await loadClassifier(`${model}.ftz`)
  await saveClassifier(theirs, file('again.ftz'))
  assert.ok(readFileSync(file('again.ftz')).equals(readFileSync(`${model}.ftz`)))
  assertClose(await loadClassifier(file('again.ftz')), texts, predicted(`${model}.ftz`, texts, 8))

  const evaluate = asked
  const whole = await loadClassifier(`${model}.bin`)
  const { classifier, loss } = await quantizeClassifier(whole, { cutoff: 8000, norms: true, evaluate })
  assert.ok(loss!.accuracyBefore! > 0.97 && loss!.accuracyAfter! > loss!.accuracyBefore! - 0.02)
  await saveClassifier(classifier, file('ours.ftz'))
  assertClose(await loadClassifier(file('ours.ftz')), texts, predicted(file('ours.ftz'), texts, 8))
  const [ours, fastTexts] = [file('ours.ftz'), `${model}.ftz`].map(path => readFileSync(path).length)
  assert.ok(Math.abs(ours! - fastTexts!) < 0.02 * fastTexts!)
})

/** In a tree fastText adds 0.00001 at each of up to seven nodes. */
function assertClose(
  classifier: Awaited<ReturnType<typeof loadClassifier>>,
  texts: readonly string[],
  answers: ReturnType<typeof predicted>,
): void {
  for (const [i, text] of texts.entries()) {
    const own = classifier.predict(text, { count: 8 })
    assert.equal(`__label__${own[0]!.label}`, answers[i]![0]![0], text)
    for (const [label, probability] of answers[i]!) {
      const mine = own.find(one => `__label__${one.label}` === label)!
      assert.ok(Math.abs(mine.probability - probability) < 8e-5, `${label} of "${text}"`)
    }
  }
}
