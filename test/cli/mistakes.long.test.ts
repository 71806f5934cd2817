import { type Mistake, testMistakes } from './mistakes.js'

const usage: Mistake[] = [
  {
    does: 'a mistyped verb is corrected',
    args: ['nearst'],
    code: 64,
    says: /there is no verb "nearst"\. Did you mean nearest\?/,
  },
  {
    does: 'help on a mistyped verb',
    args: ['help', 'nearst'],
    code: 64,
    says: /there is no verb "nearst"\. Did you mean nearest\?/,
  },
  {
    does: 'a verb that is like none',
    args: ['frobnicate'],
    code: 64,
    says: /there is no verb "frobnicate"\. See wordloom --help\./,
  },
  {
    does: 'a mistyped verb below equations',
    args: ['equations', 'chekc', 'x'],
    code: 64,
    says: /there is no verb "chekc"\. Did you mean check\?/,
  },
  {
    does: 'a mistyped flag is corrected',
    args: ['nearest', 'good.txt', 'cat', '--cuont', '3'],
    code: 64,
    says: /there is no option --cuont\. Did you mean --count\?/,
  },
  {
    does: 'a similarity of one word',
    args: ['similarity', 'good.txt', 'cat'],
    code: 64,
    says: /there is only "cat"; expected two words or more/,
  },
  {
    does: 'the nearest words to none',
    args: ['nearest', 'good.txt'],
    code: 64,
    says: /nearest needs <word>: questions are asked for only in a terminal, and without --json\. For example: wordloom nearest/,
  },
  {
    does: 'two ways of post-processing at once',
    args: ['convert', 'good.txt', 'x.bin', '--center', '--all-but-the-top', '2'],
    code: 64,
    says: /--all-but-the-top takes the mean too\. Leave --center out\./,
  },
  {
    does: "gensim's name of an option",
    args: ['train', 'text.txt', '-o', 'x.bin', '--vector-size', '9'],
    code: 64,
    says: /there is no option --vector-size\. Did you mean --dimensions\?/,
  },
  {
    does: "word2vec's way of writing options",
    args: ['train', 'text.txt', '-o', 'x.bin', '-size', '9'],
    code: 64,
    says: /there is no option -size\. Did you mean --dimensions\?/,
  },
  {
    does: "word2vec's -output, which reads as -o utput",
    args: ['train', 'text.txt', '-output', 'x.bin'],
    code: 64,
    says: /-output has one dash\. Write --output, with two\./,
  },
  {
    does: 'a missing word',
    args: ['nearest', 'good.txt'],
    code: 64,
    says: /nearest needs <word>: questions are asked for only in a terminal, and without --json\. For example: wordloom nearest/,
  },
  {
    does: 'a word too many',
    args: ['analogy', 'good.txt', 'a', 'b', 'c', 'd'],
    code: 64,
    says: /analogy takes 4 arguments, and 5 were given\. For example: wordloom analogy/,
  },
  {
    does: 'a flag without its value',
    args: ['nearest', 'good.txt', 'cat', '-n'],
    code: 64,
    says: /--count has no value\. See wordloom nearest --help\./,
  },
  {
    does: 'no text to learn from',
    args: ['train', '-o', 'x.bin'],
    code: 64,
    says: /Cannot train: no text is given\. Name a file .*--demo/,
  },
  { does: 'no output', args: ['train', 'text.txt'], code: 64, says: /-o vectors\.safetensors/ },
  {
    does: 'an output whose ending tells nothing',
    args: ['train', 'text.txt', '-o', 'x.docx'],
    code: 64,
    says: /Cannot write x\.docx: its ending names no format\. Use \.safetensors/,
  },
  {
    does: 'an output over the text',
    args: ['train', 'text.txt', '-o', './text.txt'],
    code: 64,
    says: /it is named twice/,
  },
  {
    does: 'two outputs in one',
    args: ['train', 'text.txt', '-o', 'x.bin', '--save-vocabulary', 'x.bin'],
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
    says: /--method is "mul"; expected one of add, multiply/,
  },
  {
    does: 'an unknown format',
    args: ['convert', 'good.txt', 'x.arrow', '--to', 'arrow'],
    code: 64,
    says: /--to is "arrow"; expected one of safetensors/,
  },
  {
    does: 'a name outside the choices of training',
    args: ['train', 'text.txt', '-o', 'x.bin', '--simd', 'quick'],
    code: 64,
    says: /--simd is "quick"; expected one of plain, /,
  },
  {
    does: 'steps that are too large',
    args: ['train', 'text.txt', '-o', 'steps.bin', '-q', '--learning-rate', '100', '--epochs', '40'],
    code: 64,
    says: /grew past all bounds in epoch \d+.*, and --learning-rate is 100\. Lower /,
  },
  ...['0x10', '', '-3'].map(text => ({
    does: `--dimensions ${JSON.stringify(text)}`,
    args: ['train', 'text.txt', '-o', 'x.bin', '--dimensions', text],
    code: 64,
    says: /--dimensions is ".*"; expected a whole number from 1 to 8,192/,
  })),
  ...['1e-3x', '101'].map(text => ({
    does: `--learning-rate ${JSON.stringify(text)}`,
    args: ['train', 'text.txt', '-o', 'x.bin', '--learning-rate', text],
    code: 64,
    says: /--learning-rate is ".*"; expected a number from 1e-9 to 100/,
  })),
]

const texts: Mistake[] = (
  [
    ['a text that is not there', 'none.txt', 66, /^wordloom: Cannot open none\.txt: no such file/],
    ['a pattern that matches nothing', '*.nothing', 66, /no file matches/],
    ['an empty text', 'empty.txt', 65, /empty\.txt: it holds nothing/],
    ['a text without words', 'dots.txt', 65, /dots\.txt: it holds no words/],
    ['only rare words', 'rare.txt', 65, /and none occurs 5 times or more.* Lower --min-count/],
    ['a folder without text', 'hollow', 66, /hollow: there is no text in this folder/],
    ['binary garbage', 'garbage.dat', 65, /garbage\.dat: byte \d+: .*this is not a text file/],
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

for (const [kind, mistakes] of Object.entries({ usage, texts, vectors })) testMistakes(kind, mistakes)
