import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { plantedText } from './planted-text.js'
import { temporaryFolder, wordloom } from './wordloom.js'

const folder = temporaryFolder()

interface Mistake {
  does: string
  args: string[]
  code: number
  says: RegExp
}

const usage: Mistake[] = [
  {
    does: 'a mistyped verb is corrected',
    args: ['nearst'],
    code: 64,
    says: /no verb "nearst"; did you mean nearest\?/,
  },
  {
    does: 'help on a mistyped verb',
    args: ['help', 'nearst'],
    code: 64,
    says: /no verb "nearst"; did you mean nearest\?/,
  },
  {
    does: 'a verb that is like none',
    args: ['frobnicate'],
    code: 64,
    says: /no verb "frobnicate"; see wordloom --help/,
  },
  {
    does: 'a mistyped verb below equations',
    args: ['equations', 'chekc', 'x'],
    code: 64,
    says: /did you mean check\?/,
  },
  {
    does: 'a mistyped flag is corrected',
    args: ['nearest', 'good.txt', 'cat', '--cuont', '3'],
    code: 64,
    says: /no option --cuont; did you mean --count\?/,
  },
  {
    does: 'a similarity of one word',
    args: ['similarity', 'good.txt', 'cat'],
    code: 64,
    says: /similarity needs two words or more, and there is only "cat"/,
  },
  {
    does: 'the nearest words to none',
    args: ['nearest', 'good.txt'],
    code: 64,
    says: /nearest needs <word>; for example: wordloom nearest/,
  },
  {
    does: 'two ways of post-processing at once',
    args: ['convert', 'good.txt', 'x.bin', '--center', '--all-but-the-top', '2'],
    code: 64,
    says: /leave --center out/,
  },
  {
    does: "gensim's name of an option",
    args: ['train', 'text.txt', '-o', 'x.bin', '--vector-size', '9'],
    code: 64,
    says: /no option --vector-size; did you mean --dimensions\?/,
  },
  {
    does: "word2vec's way of writing options",
    args: ['train', 'text.txt', '-o', 'x.bin', '-size', '9'],
    code: 64,
    says: /no option -size; did you mean --dimensions\?/,
  },
  {
    does: "word2vec's -output, which reads as -o utput",
    args: ['train', 'text.txt', '-output', 'x.bin'],
    code: 64,
    says: /write --output with two dashes/,
  },
  {
    does: 'a missing word',
    args: ['nearest', 'good.txt'],
    code: 64,
    says: /nearest needs <word>; for example: wordloom nearest/,
  },
  {
    does: 'a word too many',
    args: ['analogy', 'good.txt', 'a', 'b', 'c', 'd'],
    code: 64,
    says: /takes 4 arguments and was given 5/,
  },
  {
    does: 'a flag without its value',
    args: ['nearest', 'good.txt', 'cat', '-n'],
    code: 64,
    says: /--count <n> needs a value/,
  },
  {
    does: 'no text to learn from',
    args: ['train', '-o', 'x.bin'],
    code: 64,
    says: /no text to learn from.*--demo/,
  },
  { does: 'no output', args: ['train', 'text.txt'], code: 64, says: /-o vectors\.safetensors/ },
  {
    does: 'an output whose ending tells nothing',
    args: ['train', 'text.txt', '-o', 'x.docx'],
    code: 64,
    says: /ending of x\.docx tells no format; use \.safetensors/,
  },
  {
    does: 'an output over the text',
    args: ['train', 'text.txt', '-o', './text.txt'],
    code: 64,
    says: /named twice/,
  },
  {
    does: 'two outputs in one',
    args: ['train', 'text.txt', '-o', 'x.bin', '--map', 'x.bin'],
    code: 64,
    says: /named twice/,
  },
  {
    does: 'a text for the demo',
    args: ['train', '--demo', 'text.txt'],
    code: 64,
    says: /--demo brings its own text/,
  },
  {
    does: 'an unknown method',
    args: ['analogy', 'good.txt', 'a', 'b', 'c', '--method', 'mul'],
    code: 64,
    says: /--method is "mul"; it must be one of add, multiply/,
  },
  {
    does: 'an unknown format',
    args: ['convert', 'good.txt', 'x.arrow', '--to', 'arrow'],
    code: 64,
    says: /--to is "arrow"; it must be one of safetensors/,
  },
  {
    does: 'a name outside the choices of training',
    args: ['train', 'text.txt', '-o', 'x.bin', '--simd', 'quick'],
    code: 64,
    says: /--simd is "quick"; it must be one of plain, /,
  },
  {
    does: 'steps that are too large',
    args: ['train', 'text.txt', '-o', 'steps.bin', '-q', '--learning-rate', '100', '--epochs', '40'],
    code: 64,
    says: /grew past all bounds in epoch \d+; --learning-rate is 100/,
  },
  ...['0x10', '', '-3'].map(text => ({
    does: `--dimensions ${JSON.stringify(text)}`,
    args: ['train', 'text.txt', '-o', 'x.bin', '--dimensions', text],
    code: 64,
    says: /--dimensions is ".*"; it must be a whole number from 1 to 8192/,
  })),
  ...['1e-3x', '101'].map(text => ({
    does: `--learning-rate ${JSON.stringify(text)}`,
    args: ['train', 'text.txt', '-o', 'x.bin', '--learning-rate', text],
    code: 64,
    says: /--learning-rate is ".*"; it must be a number from 1e-9 to 100/,
  })),
]

const texts: Mistake[] = (
  [
    ['a text that is not there', 'none.txt', 66, /^wordloom: none\.txt: no such file/],
    ['a pattern that matches nothing', '*.nothing', 66, /no file matches/],
    ['an empty text', 'empty.txt', 65, /empty\.txt: it holds nothing/],
    ['a text without words', 'dots.txt', 65, /dots\.txt: it holds no words/],
    ['only rare words', 'rare.txt', 65, /none seen 5 times or more; lower --min-count/],
    ['a folder without text', 'hollow', 66, /hollow: no text in this folder/],
    ['binary garbage', 'garbage.dat', 65, /garbage\.dat: this is not a text file/],
    ['truncated gzip', 'cut.txt.gz', 65, /cut\.txt\.gz: the compressed data breaks off after [\d,]+ bytes/],
  ] as const
).map(([does, text, code, says], i) => ({ does, args: ['train', text, '-o', `text${i}.bin`], code, says }))

const vectors: Mistake[] = (
  [
    ['vectors that are not there', 'none.bin', 66, /none\.bin: no such file/],
    ['a folder for vectors', 'hollow', 66, /hollow: this is a folder/],
    ['empty vectors', 'empty.txt', 65, /empty\.txt: the file is empty/],
    ['vectors cut in the middle', 'cut.safetensors', 65, /cut\.safetensors: .*cut off/],
    ['text vectors cut in the middle', 'cut-vectors.txt', 65, /cut-vectors\.txt.*cut off/],
    ['a header of 2^31 rows', 'boast.txt', 65, /boast\.txt: the header announces 2,147,483,648 words/],
    ['garbage for vectors', 'garbage.dat', 65, /garbage\.dat/],
  ] as const
).flatMap(([does, file, code, says]) => [
  { does, args: ['nearest', file, 'cat'], code, says },
  { does: `${does}, to convert`, args: ['convert', file, 'x.bin'], code, says },
])

const others: Mistake[] = [
  {
    does: 'an unknown word',
    args: ['nearest', 'good.txt', 'catt'],
    code: 65,
    says: /"catt" is not in the vocabulary; did you mean cat\?/,
  },
  {
    does: 'an unknown word to subtract',
    args: ['nearest', 'good.txt', 'cat', '-dogg'],
    code: 65,
    says: /"dogg" is not in the vocabulary; did you mean dog\?/,
  },
  {
    does: 'a question file that is not there',
    args: ['evaluate', 'good.txt', 'none.tsv'],
    code: 66,
    says: /none\.tsv: no such file/,
  },
  {
    does: 'a question file that has no questions',
    args: ['evaluate', 'good.txt', 'good.txt'],
    code: 65,
    says: /good\.txt, line 1: /,
  },
  {
    does: 'a vocabulary that is none',
    args: ['train', 'text.txt', '-o', 'rare.bin', '--vocabulary', 'rare.txt'],
    code: 65,
    says: /rare\.txt, line 1: expected "word count"/,
  },
  {
    does: 'test vectors that are not JSON',
    args: ['equations', 'check', 'rare.txt'],
    code: 65,
    says: /rare\.txt: this is not JSON/,
  },
  {
    does: 'JSON that is no test vectors',
    args: ['equations', 'check', 'other.json'],
    code: 65,
    says: /other\.json: cases is missing/,
  },
  {
    does: 'an output folder that is not there',
    args: ['train', 'text.txt', '-o', 'no/such/x.bin'],
    code: 74,
    says: /x\.bin was not written: the folder no\/such does not exist/,
  },
  {
    does: 'an output below a file',
    args: ['train', 'text.txt', '-o', 'rare.txt/x.bin'],
    code: 74,
    says: /x\.bin was not written: rare\.txt is not a folder/,
  },
  {
    does: 'a map that cannot be written',
    args: ['train', 'text.txt', '-o', 'x.bin', '--map', 'no/x.html'],
    code: 74,
    says: /no\/x\.html was not written/,
  },
  {
    does: 'a conversion into no folder',
    args: ['convert', 'good.txt', 'no/x.bin'],
    code: 74,
    says: /no\/x\.bin was not written/,
  },
]

before(async () => {
  const file = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content)
  const text = plantedText(2000)
  mkdirSync(join(folder, 'hollow'))
  file('text.txt', text)
  file('empty.txt', '')
  file('dots.txt', '... --- ...\n\n')
  file('rare.txt', 'each word only once\n')
  file(
    'garbage.dat',
    Uint8Array.from({ length: 5000 }, (_, i) => Math.imul(i, 2654435761) >>> 13),
  )
  file('cut.txt.gz', gzipSync(text).subarray(0, 3000))
  file('other.json', '{"name": "other"}')
  file('good.txt', '3 2\ncat 1 0\ndog 0 1\ncow 1 1\n')
  file('cut-vectors.txt', '3 2\ncat 1 0\ndog 0')
  file('boast.txt', '2147483648 300\ncat 1 0\n')
  await wordloom(['convert', 'good.txt', 'good.safetensors'], { cwd: folder })
  file('cut.safetensors', readFileSync(join(folder, 'good.safetensors')).subarray(0, -20))
})

for (const [kind, mistakes] of Object.entries({ usage, texts, vectors, others }))
  test(`mistakes in ${kind}: one line, the right exit code, nothing left behind`, async t => {
    const names = readdirSync(folder).sort()
    await Promise.all(
      shares(mistakes, 3).map(async share => {
        for (const { does, args, code, says } of share) {
          const ended = await wordloom(args, { cwd: folder })
          await t.test(does, () => {
            assert.match(ended.stderr, says)
            const lines = ended.stderr.trimEnd().split('\n')
            const complaint = lines.at(-1)!
            assert.match(complaint, /^wordloom: ./)
            assert.ok(!lines.some(line => /^\s+at /.test(line)), 'a stack trace')
            assert.equal(ended.stdout, '')
            assert.equal(ended.code, code)
          })
        }
      }),
    )
    assert.deepEqual(readdirSync(folder).sort(), names)
  })

function shares<T>(items: readonly T[], count: number): T[][] {
  return Array.from({ length: count }, (_, share) => items.filter((_, i) => i % count === share))
}
