import type { Fault } from '../../errors.js'
import { AGAIN } from '../refusals.js'

/** Files that people may well try, but which are something else: how they begin, what they are, what to do. */
interface Kind {
  is: (head: Uint8Array) => boolean
  fault: Fault
}

const begins =
  (...bytes: number[]) =>
  (head: Uint8Array) =>
    bytes.every((byte, i) => head[i] === byte)
const spells = (text: string) => begins(...new TextEncoder().encode(text))
const matches = (pattern: RegExp) => (head: Uint8Array) =>
  pattern.test(new TextDecoder('latin1').decode(head.subarray(0, 1 << 10)))

/**
 * The first byte of a pickle, its protocol, and no header of safetensors behind: one of 128 bytes begins with 0x80, too, as
 * does fastText's old file of 128 dimensions.
 */
function isPickle(head: Uint8Array): boolean {
  return head[0] === 0x80 && head[1]! >= 2 && head[1]! <= 5 && head[8] !== 0x7b
}

const binaries: readonly Kind[] = [
  {
    is: spells('version https://git-lfs.github.com/spec/'),
    fault: {
      found: 'this is a Git LFS pointer, not the file itself',
      cure: 'fetch the file with git lfs pull',
    },
  },
  {
    is: isPickle,
    fault: {
      found: 'this is a Python pickle, as gensim saves; pickles can run code and are never read',
      cure: 'save it again in Python: model.wv.save_word2vec_format("vectors.bin", binary=True)',
    },
  },
  {
    is: spells('FiFu'),
    fault: { found: 'this is a finalfusion file', cure: 'convert it with finalfusion convert -t word2vec' },
  },
  {
    is: spells('SQLite format 3\0'),
    fault: {
      found: 'this is an SQLite database, as Magnitude keeps vectors',
      cure: 'convert the file from which it was made instead',
    },
  },
  {
    is: spells('ARROW1'),
    fault: { found: 'this is an Arrow file', cure: 'write it as Parquet, which can be read' },
  },
  {
    is: begins(0x89, 0x48, 0x44, 0x46),
    fault: { found: 'this is an HDF5 file', cure: 'write its words and rows as word2vec text in Python' },
  },
  {
    is: begins(0x50, 0x4b, 3, 4),
    fault: { found: 'this is a zip archive (.npz is one, too)', cure: 'unpack it first' },
  },
  {
    is: spells('BZh'),
    fault: { found: 'this is compressed with bzip2', cure: 'unpack it first (bzip2 -d)' },
  },
  {
    is: begins(0xfd, 0x37, 0x7a, 0x58, 0x5a),
    fault: { found: 'this is compressed with xz', cure: 'unpack it first (xz -d)' },
  },
]

const texts: readonly Kind[] = [
  {
    is: matches(/^\s*\{\s*"1"\s*:\s*\{\s*"lst"/),
    fault: {
      found: 'this is a model of Word2VecJava (medallia) in JSON',
      cure: 'write it in word2vec format with that program',
    },
  },
  {
    is: matches(/^\s*[[{]\s*["{[]/),
    fault: {
      found: 'this is a JSON file of another kind',
      expected: 'an object with a list of numbers for each word, {"word": [0.1, 0.2]}',
    },
  },
  {
    is: matches(/^\s*<(!doctype|html)/i),
    fault: { found: 'this is a web page: the download has gone wrong', cure: AGAIN },
  },
]

/** What a file of another kind is and what to do with it, if its first bytes tell. */
export function foreignFile(head: Uint8Array): Fault | undefined {
  return binaries.find(kind => kind.is(head))?.fault
}

/** The same for text, to be asked if no format recognises it: a word may begin with anything. */
export function foreignText(head: Uint8Array): Fault | undefined {
  return texts.find(kind => kind.is(head))?.fault
}
