/** Files that people may well try, which are something else: how they begin, what they are, what to do. */
const kinds: readonly { begins: readonly number[]; sentence: string }[] = [
  {
    begins: [0x80],
    sentence:
      'a Python pickle, as gensim saves; pickles can run code and are never read: in Python, save with model.wv.save_word2vec_format("vectors.bin", binary=True)',
  },
  {
    begins: [0xba, 0x16, 0x4f, 0x2f],
    sentence: "a fastText model, which is not read; take fastText's .vec file",
  },
  {
    begins: [0x46, 0x69, 0x46, 0x75],
    sentence: 'a finalfusion file; convert it with finalfusion convert -t word2vec',
  },
  { begins: [0x93, 0x4e, 0x55, 0x4d], sentence: 'a NumPy array, which has no words in it' },
  { begins: [0x50, 0x4b, 3, 4], sentence: 'a zip archive; unpack it first' },
]

/** What a file of another kind is and what to do with it, if its first bytes tell. */
export function foreignFile(head: Uint8Array): string | undefined {
  return kinds.find(kind => kind.begins.every((byte, i) => head[i] === byte))?.sentence
}
