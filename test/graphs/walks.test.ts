import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { WordloomError } from 'wordloom'
import { type Edge, readGraph, walkLines, walks } from 'wordloom/graphs'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wordloom-graphs-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const node = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', '__proto__')
const edges = fc.array(
  fc.tuple(node, node, fc.integer({ min: 1, max: 3 })).map(edge => edge as Edge),
  { minLength: 1, maxLength: 30 },
)

function weightsOf(list: readonly Edge[], directed: boolean): Map<string, number> {
  const isWeighted = list.some(([, , weight = 1]) => weight !== 1)
  const weights = new Map<string, number>()
  const add = (from: string, to: string, weight: number) => {
    const key = `${from} ${to}`
    weights.set(key, isWeighted ? (weights.get(key) ?? 0) + weight : 1)
  }
  for (const [from, to, weight = 1] of list) {
    add(from, to, weight)
    if (!directed && from !== to) add(to, from, weight)
  }
  return weights
}

test('a graph has the edges that were given, both ways unless directed', async () => {
  await fc.assert(
    fc.asyncProperty(edges, fc.boolean(), async (list, directed) => {
      const graph = await readGraph(list, { directed })
      const weights = weightsOf(list, directed)
      const found = new Map<string, number>()
      for (let from = 0; from < graph.size; from++)
        for (let at = graph.starts[from]!; at < graph.starts[from + 1]!; at++) {
          const to = graph.neighbors[at]!
          assert.ok(graph.hasEdge(from, to))
          found.set(`${graph.name(from)} ${graph.name(to)}`, graph.weight(from, at))
        }
      assert.deepEqual(new Map([...found].sort()), new Map([...weights].sort()))
    }),
  )
})

test('walks follow edges, begin at every node that an edge leaves, and are the same for one seed', async () => {
  await fc.assert(
    fc.asyncProperty(edges, fc.boolean(), fc.integer({ min: 0, max: 99 }), async (list, directed, seed) => {
      const graph = await readGraph(list, { directed })
      const options = { walksPerNode: 2, length: 6, p: 0.5, q: 2, seed }
      const all = [...walks(graph, options)]
      assert.deepEqual([...walks(graph, options)], all)
      const weights = weightsOf(list, directed)
      const leaving = new Set([...weights.keys()].map(key => key.split(' ')[0]!))
      assert.deepEqual(all.map(walk => walk[0]!).sort(), [...leaving, ...leaving].sort())
      for (const walk of all) {
        for (let i = 0; i + 1 < walk.length; i++) assert.ok(weights.has(`${walk[i]} ${walk[i + 1]}`))
        if (walk.length < 6) assert.ok(!leaving.has(walk.at(-1)!))
      }
    }),
    { numRuns: 50 },
  )
})

/** How often walks of three nodes that begin at t and come to v end where, against what p, q and the weights say. */
async function secondSteps(p: number, q: number) {
  const list: Edge[] = [
    ['t', 'v', 1],
    ['v', 'near', 2],
    ['v', 'far', 3],
    ['t', 'near', 1],
  ]
  const graph = await readGraph(list)
  const counts: Record<string, number> = { t: 0, near: 0, far: 0 }
  let all = 0
  for (const walk of walks(graph, { walksPerNode: 20_000, length: 3, p, q })) {
    if (walk[0] !== 't' || walk[1] !== 'v') continue
    counts[walk[2]!]!++
    all++
  }
  const weights: Record<string, number> = { t: 1 / p, near: 2, far: 3 / q }
  const sum = weights.t! + weights.near! + weights.far!
  return Object.keys(counts).map(name => ({
    found: counts[name]! / all,
    expected: weights[name]! / sum,
    all,
  }))
}

for (const [p, q] of [
  [1, 1],
  [0.25, 4],
  [4, 0.25],
  [1e6, 1e6],
  [1e6, 1e-6],
] as const)
  test(`steps have the chances of node2vec with p ${p} and q ${q}`, async () => {
    for (const { found, expected, all } of await secondSteps(p, q)) {
      const deviation = Math.sqrt((expected * (1 - expected)) / all)
      assert.ok(Math.abs(found - expected) < 5 * deviation + 1e-4, `${found}, expected ${expected}`)
    }
  })

test('a file of edges may have comments, tabs and blank lines, and its walks are lines of text', async () => {
  const path = join(folder, 'edges.tsv')
  await writeFile(path, '\ufeff# a comment of many words\na\tb\r\n\n% another\nb c 2.5\n')
  const graph = await readGraph(path)
  assert.equal(graph.size, 3)
  const chunks: Uint8Array[] = []
  for await (const chunk of walkLines(graph, { length: 4 })) chunks.push(chunk)
  const lines = Buffer.concat(chunks).toString().trimEnd().split('\n')
  assert.deepEqual(
    lines,
    [...walks(graph, { length: 4 })].map(walk => walk.join(' ')),
  )
})

test('what is no edge is refused with its line', async () => {
  const path = join(folder, 'wrong.tsv')
  const wrong: [string, RegExp][] = [
    ['a b\nc\n', /line 2: there is one column; expected "from to"/],
    ['a b c d', /line 1: there are more than three columns/],
    ['\n\na b -1', /line 3: the weight is "-1"; expected a number above 0/],
    ['a b 1e999', /line 1: the weight is "1e999"/],
    ['a b heavy', /line 1: the weight is "heavy"/],
    ['# nothing', /there is no edge in it/],
  ]
  for (const [content, message] of wrong) {
    await writeFile(path, content)
    await assert.rejects(readGraph(path), error => {
      assert.ok(error instanceof WordloomError && error.code === 'bad-data', String(error))
      assert.match(error.message, message)
      return true
    })
  }
  const one: Edge[] = [['a', 'b']]
  const graph = await readGraph(one)
  for (const options of [{ p: 0 }, { q: Number.NaN }, { length: 0 }, { walksPerNode: 1.5 }, { seed: -1 }])
    assert.throws(() => [...walks(graph, options)], { code: 'usage' })
  assert.throws(() => [...walks(graph, { length: 0 })], {
    message: 'Cannot walk the graph: length is 0; expected a whole number from 1 to 1,000,000.',
  })
  await assert.rejects(readGraph([]), { code: 'bad-data' })
  await assert.rejects(readGraph([['a', 7]] as unknown as Edge[]), { code: 'usage' })
})
