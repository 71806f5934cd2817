import { type Mistake, testMistakes } from './mistakes.js'

const others: Mistake[] = [
  {
    does: 'an unknown word',
    args: ['nearest', 'good.txt', 'catt'],
    code: 65,
    says: /"catt" is not in the vocabulary. Did you mean cat\?/,
  },
  {
    does: 'an unknown word to subtract',
    args: ['nearest', 'good.txt', 'cat', '-dogg'],
    code: 65,
    says: /"dogg" is not in the vocabulary. Did you mean dog\?/,
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
    says: /good\.txt: line 1: /,
  },
  {
    does: 'a vocabulary that is none',
    args: ['train', 'text.txt', '-o', 'rare.bin', '--vocabulary', 'rare.txt'],
    code: 65,
    says: /rare\.txt: line 1: .*; expected "word count"/,
  },
  {
    does: 'test vectors that are not JSON',
    args: ['equations', 'check', 'rare.txt'],
    code: 65,
    says: /Cannot read rare\.txt: it is not JSON \(/,
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
    says: /x\.bin: the folder no\/such does not exist/,
  },
  {
    does: 'an output below a file',
    args: ['train', 'text.txt', '-o', 'rare.txt/x.bin'],
    code: 74,
    says: /x\.bin: rare\.txt is not a folder/,
  },
  {
    does: 'a map that cannot be written',
    args: ['train', 'text.txt', '-o', 'x.bin', '--map', 'no/x.html'],
    code: 74,
    says: /no\/x\.html: /,
  },
  {
    does: 'a conversion into no folder',
    args: ['convert', 'good.txt', 'no/x.bin'],
    code: 74,
    says: /no\/x\.bin: /,
  },
]

testMistakes('others', others)
