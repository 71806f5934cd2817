import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { train } from 'wordloom'
import { checkText, type TextReport } from 'wordloom/check'
import { RepeatedLines } from '#check/repeated-lines'
import { wordloom } from '../cli/wordloom.js'
import { temporaryFolder } from '../text/temporary.js'

const files = temporaryFolder()
const sentence = 'the cat and the dog of the house sat on a mat'
/** Little, so that training is over at once. */
const small = { epochs: 1, dimensions: 4, threads: 1 }

test('a text is told by its size, its words and its lines', async () => {
  const lines = [...Array.from({ length: 20 }, () => sentence), 'rare', '', 'a few other words']
  const report = await checkText({ lines }, small)
  assert.equal(report.tokens, 20 * 12 + 1 + 4)
  assert.equal(report.differentWords, 14)
  const { lines: told } = report
  assert.deepEqual([told.lines, told.median, told.most99, told.longest, told.single], [22, 12, 12, 12, 1])
  assert.equal(told.repeated.toFixed(4), (19 / 22).toFixed(4))
  assert.deepEqual(told.mostRepeated, [{ line: sentence, times: 20 }])
  assert.deepEqual(
    report.vocabulary.map(({ minCount, words }) => [minCount, words]),
    [
      [1, 14],
      [2, 10],
      [5, 10],
      [10, 10],
      [50, 1],
    ],
  )
  assert.equal(report.vocabulary[2]!.tokens, 241 / 245)
  assert.deepEqual(report.scripts, [{ script: 'Latin', share: 1 }])
  assert.equal(report.languages[0]!.language, 'English')
})

test('scripts and languages are told, and no language where no function words are', async () => {
  const texts: readonly [text: string, script: string, language: string | undefined][] = [
    ['der Hund und die Katze sind auf dem Dach von dem Haus', 'Latin', 'German'],
    ['le chat et la souris sont dans la maison avec une amie', 'Latin', 'French'],
    ['кот и собака не были на улице но это как он', 'Cyrillic', 'Russian'],
    ['και το σπίτι του είναι στην πόλη με τα παιδιά', 'Greek', 'Greek'],
    ['לא הוא של את על הבית', 'Hebrew', 'Hebrew'],
    ['我 是 在 北京 的 学生 了', 'Han', 'Chinese'],
    ['ACGT TTAG GACA CCTA', 'Latin', undefined],
  ]
  for (const [text, script, language] of texts) {
    const { scripts, languages } = await checkText({ lines: Array.from({ length: 6 }, () => text) }, small)
    assert.equal(scripts[0]!.script, script, text)
    assert.equal(languages[0]?.language, language, text)
  }
  const mixed = await checkText(
    { lines: [`${sentence} кот и собака не на улице`] },
    { ...small, minCount: 1 },
  )
  assert.deepEqual(mixed.languages.map(({ language }) => language).sort(), ['English', 'Russian'])
})

test('a text that is not UTF-8 is told with its most likely encoding', async () => {
  const samples: readonly [hex: string, guess: RegExp][] = [
    [
      Buffer.from('le café est fermé à noël, la forêt est près du château\n', 'latin1').toString('hex'),
      /^(iso-8859-1|windows-1252)$/,
    ],
    ['ced2c3c720cfb2bbb620d1a7cfb020bbfac6f70a', /^(gbk|gb18030)$/],
    ['61206220eaeef220e820f1eee1e0eae020ede020f3ebe8f6e50a', /^windows-1251$/],
  ]
  for (const [hex, guess] of samples) {
    writeFileSync(files('other.txt'), Buffer.from(hex.repeat(50), 'hex'))
    const { encoding, advice, scripts } = await checkText(files('other.txt'), { ...small, minCount: 1 })
    assert.ok(encoding.notUtf8 > 0)
    assert.match(encoding.guess!, guess)
    assert.match(advice[0]!, /^the text is not UTF-8, and most likely \S+: read it with encoding: '\S+'$/)
    assert.deepEqual(scripts, [])
  }
  writeFileSync(files('russian.txt'), Buffer.from('eaeef220e820f1eee1e0eae00a'.repeat(50), 'hex'))
  await assert.rejects(checkText(files('russian.txt'), small), {
    code: 'bad-data',
    message: /it holds no words, and it is not UTF-8, but most likely \S+\. Read it with encoding: '\S+'\.$/,
  })
  writeFileSync(files('mark.txt'), `\ufeff${`${sentence}\n`.repeat(9)}`)
  assert.equal((await checkText(files('mark.txt'), small)).encoding.mark, 'UTF-8')
})

test('files of two encodings are told by name, and an encoding that is given is printed', async () => {
  writeFileSync(files('utf8.txt'), 'the café and the cat\n'.repeat(50))
  writeFileSync(files('latin1.txt'), Buffer.from('le café et le château\n'.repeat(50), 'latin1'))
  const { encoding, advice } = await checkText([files('latin1.txt'), files('utf8.txt')], small)
  assert.deepEqual(encoding.otherFiles, [files('latin1.txt')])
  assert.match(
    advice[0]!,
    /^1 of 2 files is not UTF-8 \(\S*latin1\.txt\): convert it alone \(iconv -f \S+ -t utf-8\)$/,
  )
  const { stdout } = await wordloom(['check', files('latin1.txt'), '--encoding', 'latin1'])
  assert.match(stdout, /\nencoding {3}latin1 \(as --encoding says\)\n/)
})

test('what looks wrong is told with what to do, and nothing if all is well', async () => {
  const many = (line: (n: number) => string) => Array.from({ length: 400 }, (_, n) => line(n))
  const wrong: readonly [lines: readonly string[], advice: RegExp][] = [
    [many(n => `word${n % 7}`), /one word, and a pair of words needs two in a line/],
    [many(n => JSON.stringify({ id: n, text: sentence })), /^the text is JSON, whose keys would be words/],
    [many(n => `${n},red,${n % 9}.5`), /look like 3 columns parted by commas/],
    [many(n => `<p>the ${n} cats</p> &amp; dogs`), /800 tags and 400 entities of HTML/],
    [many(n => `the cat ${n}\u0001 sat`), /400 characters are control characters/],
    [many(n => `the caf\ufffd ${n}`), /400 characters are U\+FFFD/],
    [many(() => sentence), /99\.8 % of the lines came before/],
    [many(n => `cat${n} dog${n}`), /no two words are seen 5 times or more: lower minCount/],
  ]
  for (const [lines, advice] of wrong) {
    const report = await checkText({ lines }, small)
    assert.ok(
      report.advice.some(sentence => advice.test(sentence)),
      `${report.advice}`,
    )
    assert.ok(report.advice.length <= 2)
  }
  const words = sentence.split(' ')
  const fine = many(n =>
    words
      .map((_, i) => words[(i * (n + 1) + n) % 12])
      .join(' ')
      .concat(` number${n % 50} of${Math.floor(n / 50)}`),
  )
  assert.deepEqual((await checkText({ lines: fine }, { ...small, epochs: 100 })).advice, [])
})

test('the memory is that which maxMemory compares, and what training would be refused for is told', async () => {
  const lines = Array.from({ length: 300 }, (_, n) => `w${n} w${(n * 7) % 300} w${(n * 3) % 300}`)
  const options = { dimensions: 8000, epochs: 1, minCount: 1, threads: 1 }
  const { training } = await checkText({ lines }, options)
  assert.equal(training.refusal, undefined)
  await train({ lines }, { ...options, maxMemory: Math.ceil(1.5 * training.memory!) })
  const maxMemory = Math.floor(training.memory! / 3)
  await assert.rejects(train({ lines }, { ...options, maxMemory }), { code: 'too-large' })
  const refused = await checkText({ lines }, { ...options, maxMemory })
  assert.match(refused.training.refusal!, /^Cannot train: training needs .*, and maxMemory is /)
  assert.match(refused.advice[0]!, /^training cannot begin: /)
  assert.equal(refused.training.seconds, undefined)
})

test('every objective and schedule is forecast, with pairs, memory and time', async () => {
  const lines = Array.from({ length: 300 }, (_, n) => `${sentence} w${n % 20}`)
  for (const options of [
    {},
    { architecture: 'cbow' },
    { architecture: 'pv-dm' },
    { objective: 'softmax' },
    { objective: 'hierarchical-softmax' },
    { subwords: true },
    { heldOut: 0.2, epochs: 3 },
    { schedule: 'blocks', threads: 2 },
    { reach: 'sentence' },
    { simd: 'none' },
  ] as const) {
    const { training } = await checkText({ lines }, { ...small, ...options })
    assert.ok(training.pairs! > 0 && training.memory! > 0, JSON.stringify([options, training]))
    assert.ok(training.seconds! > 0 && training.processorSeconds! > 0, JSON.stringify([options, training]))
  }
})

test('options are refused as those of train are', async () => {
  await assert.rejects(checkText('no-such.txt', { dimensions: 0 }), { code: 'usage' })
  await assert.rejects(checkText('no-such.txt', { dimension: 5 } as object), /Did you mean dimensions\?/)
  await assert.rejects(checkText('no-such.txt', {}), { code: 'no-input' })
  await assert.rejects(checkText({ lines: [] }, {}), { code: 'bad-data' })
  await assert.rejects(checkText({ lines: [sentence] }, { signal: AbortSignal.abort() }), { code: 'aborted' })
})

test('repeated lines are counted exactly if they are few, and by a sample if they are many', () => {
  const counted = (lines: Iterable<string>) => {
    const repeated = new RepeatedLines()
    for (const line of lines) {
      for (const byte of Buffer.from(line)) repeated.take(byte)
      repeated.endLine()
    }
    return repeated
  }
  const few = counted(['a', 'b', 'a', '', 'a'])
  assert.equal(few.share, 0.5)
  assert.deepEqual(few.most(2), [{ line: 'a', times: 3 }])
  const many = counted(
    (function* () {
      for (let n = 0; n < 300_000; n++) yield n % 10 === 0 ? 'again and again' : `line ${n % 200_000}`
    })(),
  )
  // 29,999 of one line, and 90,000 others twice
  assert.ok(Math.abs(many.share - 119_999 / 300_000) < 0.02, `${many.share}`)
  const [most] = many.most(1)
  assert.equal(most!.line, 'again and again')
  assert.ok(most!.times > 29_000 && most!.times <= 30_000)
})

test('wordloom check reads files, packed ones and standard input, as one text', async () => {
  writeFileSync(files('a.txt'), `${sentence}\n`.repeat(10))
  writeFileSync(files('b.txt.gz'), gzipSync(`${sentence}s\n`.repeat(10)))
  const line = ['--min-count', '1', '--epochs', '1', '--dimensions', '4', '--json']
  const { stdout, code } = await wordloom(['check', files('a.txt'), files('b.txt.gz'), '-', ...line], {
    input: 'one more line\n',
  })
  assert.equal(code, 0)
  const report = JSON.parse(stdout) as TextReport
  assert.equal(report.tokens, 243)
  assert.equal(report.lines.lines, 21)
  assert.deepEqual(report.files, [files('a.txt'), files('b.txt.gz'), '-'])
  assert.match(report.advice.at(-1)!, /--epochs 50/)
})

test('wordloom check prints a table that a person can read', async () => {
  writeFileSync(files('one.txt'), 'simple\nstatement\n')
  const { stdout, code } = await wordloom(['check', files('one.txt')])
  assert.equal(code, 0)
  assert.match(stdout, /^text {7}17 bytes, 2 words, 2 different ones\nencoding {3}UTF-8\n/)
  assert.match(stdout, /one word a line/)
  assert.match(stdout, /→ Every line has one word, and a pair of words needs two in a line: put the words/)
  const bad = await wordloom(['check', files('none.txt')])
  assert.deepEqual([bad.code, bad.stdout], [66, ''])
  assert.equal((await wordloom(['check', files('one.txt'), '--dimensions', '0'])).code, 64)
  const { stderr } = await wordloom(['check', files('one.txt'), '--tags', 'json'])
  assert.match(stderr, /there is no option --tags\. Leave it out, since --tags belongs to train\./)
})
