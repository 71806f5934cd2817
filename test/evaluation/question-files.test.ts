import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { type AnalogyResult, evaluate, evaluatePaired, type SimilarityResult } from '#evaluation/index'
import { row } from '#math/matrix'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { WordVectors } from '#vectors/index'

const folder = await mkdtemp(join(tmpdir(), 'wordloom-'))
after(() => rm(folder, { recursive: true, force: true }))

const rows: Readonly<Record<string, number[]>> = {
  old: [1, 0],
  new: [0, 1],
  smart: [1, 1],
  clever: [2, 2.1],
  'a,b': [1, -1],
  '#cats': [3, 1],
}
const words = Object.keys(rows)
const vectors = WordVectors.allocate(Vocabulary.of(words), 2)
for (const [id, word] of words.entries()) row(vectors.matrix, id).set(rows[word]!)

async function fileOf(content: string): Promise<string> {
  const path = join(folder, 'questions')
  await writeFile(path, content)
  return path
}

const asked = async (content: string) => evaluate(vectors, await fileOf(content), { resamples: 0 })

const published: [name: string, content: string, columns: object | undefined][] = [
  [
    'SimLex-999',
    'word1\tword2\tPOS\tSimLex999\tconc(w1)\nold\tnew\tA\t1.58\t2.72\nsmart\tclever\tA\t9.2\t1.75\n',
    { words: ['word1', 'word2'], score: 'SimLex999', count: 5 },
  ],
  [
    'rare words',
    'old\tnew\t1.58\t1\t2\t3\nsmart\tclever\t9.2\t8\t9\t10\n',
    { words: ['column 1', 'column 2'], score: 'column 3', count: 6 },
  ],
  ['RG-65', 'old;new;1.58\nsmart;clever;9.2\n', undefined],
  ['R', '"word1","word2","score"\n"old","new",1.58\n"smart","clever",9.2\n', undefined],
  ['a spreadsheet', 'word1,word2,score\nold,new,"1.58"\nsmart,clever,"9.2"\n', undefined],
  ['quotes between tabs', '"old"\t"new"\t1.58\n"smart"\t"clever"\t9.2\n', undefined],
  ['words parted by a blank', 'old new\t1.58\nsmart clever\t9.2\n', undefined],
  ['a remark without a blank', '#made by hand\nold\tnew\t1.58\nsmart\tclever\t9.2\n', undefined],
]

test('files of pairs are read as they are published, and tell which columns were taken', async () => {
  for (const [name, content, columns] of published) {
    const result = (await asked(content)) as SimilarityResult & { columns?: object }
    assert.deepEqual([result.covered, result.uncovered], [2, 0], name)
    assert.ok(result.spearman! > 0.999, name)
    assert.deepEqual(result.columns, columns, name)
    const paired = await evaluatePaired(vectors, vectors, await fileOf(content), { resamples: 0 })
    assert.deepEqual([paired.common, paired.columns], [2, columns], name)
  }
})

test('separators and quotes within quotes belong to the words, and a hashtag is a word', async () => {
  const quoted = (await asked('word1,word2,score\n"a,b",old,3\nnew,"ol""d",1\n')) as SimilarityResult
  assert.deepEqual([quoted.pairs, quoted.covered], [2, 1])
  const hashtags = (await asked('#cats\told\t3\n# a remark\nnew\t#cats\t1\n#Remark\n')) as SimilarityResult
  assert.deepEqual([hashtags.pairs, hashtags.covered], [2, 2])
})

test('pairs of BATS ask each with each other, and any of the answers is right', async () => {
  const { total } = (await asked('old\tnew/novel\nsmart\tnobody/clever\n')) as AnalogyResult
  assert.deepEqual([total.questions, total.covered, total.uncovered], [2, 1, 1])
  const [answer] = vectors.analogy('old', 'new', 'smart')
  assert.equal(total.correct, Number(answer!.word === 'clever'))
  const right = (await asked(`old\tnew\nsmart\tnobody/${answer!.word}\n`)) as AnalogyResult
  assert.equal(right.total.correct, 1)
})

test('what is neither is refused with its line', async () => {
  const wrong: [string, RegExp][] = [
    ['old\tnew\nsmart\n', /line 2: "smart" is no pair; expected a word, a tab, and its answers with slashes/],
    ['old\tnew\nsmart\t/\n', /line 2: .* is no pair/],
    ['a\tb\n'.repeat(1001), /line 1,001: there are 1,001 pairs; expected at most 1,000/],
    [
      'old\tnew\t1.58\t1\t2\nsmart\tclever\t9.2\n',
      /line 2: .* has 3 fields; expected 5, as the first line has/,
    ],
    ['old\tnew\t1.58\t1\nsmart\tclever\tfar\t2\n', /line 2: the score "far" is not a number/],
    ['one line\n', /line 1: "one line"; expected analogies \(": section", four words, or a word, a tab/],
  ]
  for (const [content, message] of wrong) await assert.rejects(asked(content), { code: 'bad-data', message })
})
