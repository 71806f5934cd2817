import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { learnPhrases, type Model, train, type WordloomError, type WordVectors } from 'wordloom'
import { row } from '#math/matrix'
import { planted, settings, topics } from './planted-documents.js'

const folder = mkdtempSync(join(tmpdir(), 'wordloom-tags-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const architectures = ['pv-dm', 'pv-dbow', 'pv-dbow-skip-gram'] as const

/** Each with the tag of its topic, and one of its own. */
function tagged(texts: readonly string[]) {
  return texts.map((text, i) => ({ tags: [`topic ${i % topics}`, `document ${i}`], text }))
}

function numbers({ matrix }: WordVectors): number[] {
  return Array.from({ length: matrix.rows }, (_, i) => [...row(matrix, i)]).flat()
}

function same(a: Model, b: Model): void {
  assert.deepEqual(numbers(a.vectors), numbers(b.vectors))
  assert.deepEqual(numbers(a.documents!), numbers(b.documents!))
}

for (const architecture of architectures) {
  test(`${architecture}: a tag for each line is trained as the line is`, async () => {
    const lines = planted(40, 1)
    const call = { ...settings, epochs: 2, architecture }
    const byTags = await train(
      lines.map((text, i) => ({ tags: [String(i + 1)], text })),
      call,
    )
    const byLines = await train({ lines }, call)
    same(byTags, byLines)
    assert.deepEqual([...byTags.documents!.vocabulary.words()], [...byLines.documents!.vocabulary.words()])
  })

  test(`${architecture}: tags that documents share lie near their documents, and one of several is among them`, async () => {
    const model = await train(tagged(planted(60, 1)), { ...settings, epochs: 40, architecture })
    const names = [...model.documents!.vocabulary.words()]
    assert.equal(names.length, 60 + topics)
    assert.deepEqual(names.slice(0, 3), ['topic 0', 'document 0', 'topic 1'])
    for (let topic = 0; topic < topics; topic++) {
      const own = names.filter(
        (name, i) => i >= 0 && Number(/^document (\d+)$/.exec(name)?.[1] ?? -1) % topics === topic,
      )
      const others = names.filter(name => name.startsWith('document') && !own.includes(name))
      const mean = (group: readonly string[]) =>
        group.reduce((sum, name) => sum + model.documents!.similarity(`topic ${topic}`, name), 0) /
        group.length
      assert.ok(mean(own) > mean(others) + 0.05, `topic ${topic}: ${mean(own)} and ${mean(others)}`)
    }
    assert.equal(model.documents!.metadata.tags, JSON.stringify({ documents: 60, tags: 60 + topics }))
  })

  test(`${architecture}: the reference trains several tags as the kernel does`, async () => {
    for (const objective of ['negative-sampling', 'hierarchical-softmax', 'softmax'] as const) {
      const call = { ...settings, epochs: 2, architecture, objective, learningRate: 0.02 }
      const [kernel, reference] = await Promise.all(
        (['plain', 'none'] as const).map(simd => train(tagged(planted(30, 1)), { ...call, simd })),
      )
      const [a, b] = [numbers(kernel!.documents!), numbers(reference!.documents!)]
      assert.ok(
        a.every((x, i) => Math.abs(x - b[i]!) < 1e-4),
        objective,
      )
    }
  })
}

test('words in place of a text are taken as they are, and a tag given twice counts once', async () => {
  const call = { ...settings, epochs: 1, architecture: 'pv-dbow' } as const
  const words = await train(
    [
      { tags: ['x'], words: ['New York', 'b'] },
      { tags: ['x', 'y'], words: ['b'] },
    ],
    call,
  )
  assert.deepEqual([...words.vocabulary.words()].sort(), ['New York', 'b'])
  const twice = await train(
    [
      { tags: ['x', 'x'], text: 'a b' },
      { tags: ['y'], text: 'b a' },
    ],
    call,
  )
  const once = await train(
    [
      { tags: ['x'], text: 'a b' },
      { tags: ['y'], text: 'b a' },
    ],
    call,
  )
  same(twice, once)
})

test('tags of documents without a word that is kept are none', async () => {
  const documents = [
    { tags: ['rare', 'both'], text: 'z' },
    { tags: ['two', 'both'], text: 'a b\n\nb a' },
  ]
  const { documents: found } = await train(documents, { ...settings, minCount: 2, architecture: 'pv-dm' })
  assert.deepEqual([...found!.vocabulary.words()], ['two', 'both'])
})

test('a run with tags is resumed to the same bytes, and not with other tags', async () => {
  const checkpoint = join(folder, 'run')
  const call = { ...settings, epochs: 4, architecture: 'pv-dbow', checkpoint } as const
  const documents = tagged(planted(40, 1))
  const whole = await train(documents, { ...call, checkpoint: join(folder, 'whole') })
  const stop = new AbortController()
  const onEpoch = () => stop.abort()
  await assert.rejects(train(documents, { ...call, signal: stop.signal, onEpoch }), { code: 'aborted' })
  const others = documents.map(({ tags, text }) => ({ tags: [tags[1]!, tags[0]!], text }))
  await assert.rejects(train(others, { ...call, resume: true }), /the tags of documents: /)
  same(await train(documents, { ...call, resume: true }), whole)
})

test('what is no document with tags is refused with its number', async () => {
  const call = { ...settings, architecture: 'pv-dm' } as const
  const text = 'a b'
  for (const [documents, says] of [
    [[{ tags: [], text }], /document 1: its tags are \[\]; expected one tag or more/],
    [[{ tags: ['a', ''], text }], /document 1: its tags are \["a",""\]/],
    [[{ tags: 'a', text }], /document 1: its tags are "a"/],
    [[{ tags: ['a'] }], /document 1: it has neither a text nor words; expected \{ tags, text \}/],
    [[{ tags: ['a'], text }, ['b']], /document 2: it has no tags, and those before it have/],
    [[['b'], { tags: ['a'], text }], /document 2: it has tags, and those before it have none/],
  ] as const)
    await assert.rejects(
      train(documents as never, call),
      (error: WordloomError) => error.code === 'usage' && says.test(error.message),
    )
  const skipGram = { ...settings, architecture: 'skip-gram' } as const
  await assert.rejects(
    train(tagged(planted(3, 1)), skipGram),
    /no vectors of documents are learned. Set architecture/,
  )
})

test('phrases are joined in documents, whose lines and tags stay', async () => {
  const lines = planted(40, 1).map((line, i) => (i % 3 === 0 ? `new york ${line}` : i % 7 === 0 ? '' : line))
  const phrases = await learnPhrases({ lines }, { minCount: 1, threshold: 1 })
  assert.ok([...phrases.words()].includes('new_york'))
  const joined = lines.map(line => phrases.apply(line.split(' ').filter(word => word !== '')))
  for (const architecture of architectures) {
    const call = { ...settings, epochs: 2, architecture, minCount: 4 } as const
    const byLines = await train({ lines }, { ...call, phrases })
    same(byLines, await train(joined, call))
    const names = [...byLines.documents!.vocabulary.words()]
    assert.ok(!names.includes('8') && names.includes('9'))
    const tags = (i: number) => [`t${i % 5}`, `d${i}`]
    const byTags = await train(
      lines.map((text, i) => ({ tags: tags(i), text })),
      { ...call, phrases },
    )
    same(
      byTags,
      await train(
        joined.map((words, i) => ({ tags: tags(i), words })),
        call,
      ),
    )
    assert.equal(byTags.vectors.metadata.phrases, String(phrases.size))
  }
})
