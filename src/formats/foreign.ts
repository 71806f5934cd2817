/** Files that people may well try, which are something else: how they begin, what they are, what to do. */
interface Kind {
  is: (head: Uint8Array) => boolean
  sentence: string
}

const begins =
  (...bytes: number[]) =>
  (head: Uint8Array) =>
    bytes.every((byte, i) => head[i] === byte)
const spells = (text: string) => begins(...new TextEncoder().encode(text))
const matches = (pattern: RegExp) => (head: Uint8Array) =>
  pattern.test(new TextDecoder('latin1').decode(head.subarray(0, 1 << 10)))

const binaries: readonly Kind[] = [
  {
    is: begins(0x80),
    sentence:
      'a Python pickle, as gensim saves; pickles can run code and are never read: in Python, save with model.wv.save_word2vec_format("vectors.bin", binary=True)',
  },
  { is: spells('FiFu'), sentence: 'a finalfusion file; convert it with finalfusion convert -t word2vec' },
  {
    is: spells('SQLite format 3\0'),
    sentence: 'an SQLite database, as Magnitude keeps vectors; convert the file it was made from instead',
  },
  { is: spells('ARROW1'), sentence: 'an Arrow file; write it as Parquet, which is read' },
  {
    is: begins(0x89, 0x48, 0x44, 0x46),
    sentence: 'an HDF5 file; in Python, write its words and rows as word2vec text',
  },
  { is: begins(0x50, 0x4b, 3, 4), sentence: 'a zip archive (.npz is one, too); unpack it first' },
  { is: spells('BZh'), sentence: 'compressed with bzip2; unpack it first (bzip2 -d)' },
  { is: begins(0xfd, 0x37, 0x7a, 0x58, 0x5a), sentence: 'compressed with xz; unpack it first (xz -d)' },
]

const texts: readonly Kind[] = [
  {
    is: matches(/^\s*\{\s*"1"\s*:\s*\{\s*"lst"/),
    sentence: 'a model of Word2VecJava (medallia) in JSON; write it in word2vec format with that program',
  },
  {
    is: matches(/^\s*[[{]\s*["{[]/),
    sentence: 'a JSON file, and none of the formats of word vectors is JSON',
  },
  { is: matches(/^\s*<(!doctype|html)/i), sentence: 'a web page; the download has gone wrong' },
]

/** What a file of another kind is and what to do with it, if its first bytes tell. */
export function foreignFile(head: Uint8Array): string | undefined {
  return binaries.find(kind => kind.is(head))?.sentence
}

/** The same for text, to be asked where no format recognises it: a word may begin with anything. */
export function foreignText(head: Uint8Array): string | undefined {
  return texts.find(kind => kind.is(head))?.sentence
}
