import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { WordloomError } from 'wordloom'
import { type Edge, type Graph, readGraph, walkLines, walkNumbers, walks } from 'wordloom/graphs'
import { BiasedSums } from '#graphs/biased-sums'

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
  const warnings: string[] = []
  const graph = await readGraph(path, { onWarning: sentence => warnings.push(sentence) })
  assert.equal(graph.size, 3)
  assert.deepEqual(warnings, [`${path}: passed over 2 lines that are comments (# or % in front)`])
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

/** Reads a list as a file of this name; gives its edges, and what was told. */
async function edgesIn(name: string, content: string | Uint8Array, directed = true) {
  const path = join(folder, name)
  await writeFile(path, content)
  const warnings: string[] = []
  const graph = await readGraph(path, { directed, onWarning: it => warnings.push(it.replace(path, name)) })
  const edges: string[] = []
  for (let from = 0; from < graph.size; from++)
    for (let at = graph.starts[from]!; at < graph.starts[from + 1]!; at++)
      edges.push(`${graph.name(from)} > ${graph.name(graph.neighbors[at]!)} ${graph.weight(from, at)}`)
  return { graph, edges: edges.sort(), warnings }
}

async function refused(name: string, content: string, message: RegExp) {
  await assert.rejects(edgesIn(name, content), error => {
    assert.ok(error instanceof WordloomError && error.code === 'bad-data', String(error))
    assert.match(error.message, message)
    return true
  })
}

test('hashtags are nodes; comments have a blank behind their mark, and are counted', async () => {
  const tags = await edgesIn('tags.txt', '#cats #dogs 5\n%x puppy\n#dogs puppy 3\n')
  assert.deepEqual(tags.edges, ['#cats > #dogs 5', '#dogs > puppy 3', '%x > puppy 1'])
  assert.deepEqual(tags.warnings, [])
  const told = await edgesIn(
    'told.txt',
    '#edges of many words here\n# one two\n## three four\na b\n#\n% x y\n',
  )
  assert.deepEqual(told.edges, ['a > b 1'])
  assert.deepEqual(told.warnings, ['told.txt: passed over 5 lines that are comments (# or % in front)'])
  await refused('late.txt', 'a b\n#no edge at all\n', /line 2: there are more than three columns/)
})

test('where a line has a tab, tabs part its columns: names may have blanks', async () => {
  const { edges } = await edgesIn(
    'names.tsv',
    'Leonardo da Vinci\tMona Lisa\nApollo 11\t8\r\nApollo 11\t9 \t 2.5\t\n',
  )
  assert.deepEqual(edges, ['Apollo 11 > 8 1', 'Apollo 11 > 9 2.5', 'Leonardo da Vinci > Mona Lisa 1'])
  await refused('empty.tsv', 'a\t\t3\n', /line 1: column 2 is empty/)
})

test('names with blanks are written with underscores, and two that would be one are refused', async () => {
  const warnings: string[] = []
  const write = async (list: Edge[]) => {
    const graph = await readGraph(list)
    const chunks: Uint8Array[] = []
    for await (const chunk of walkLines(graph, { length: 2, onWarning: it => warnings.push(it) }))
      chunks.push(chunk)
    return Buffer.concat(chunks).toString()
  }
  assert.match(await write([['Apollo 11', 'Mona Lisa']]), /^(Apollo_11 Mona_Lisa\n|Mona_Lisa Apollo_11\n)+$/)
  assert.deepEqual(warnings, [
    '2 nodes have a blank in the name, which is written as an underscore: "Apollo 11" is "Apollo_11"',
  ])
  const message = /the nodes "a_b" and "a b" would both be "a_b"/
  await assert.rejects(write([['a b', 'a_b']]), { code: 'bad-data', message })
  await assert.rejects(write([['a b', 'a\tb']]), { code: 'bad-data', message: /would both be "a_b"/ })
})

test('commas part columns where no blanks do, or the name says so', async () => {
  const expected = ['a > b 2', 'b > c 1']
  assert.deepEqual((await edgesIn('edges.txt', 'a,b,2\nb, c, 1\n')).edges, expected)
  const quoted = '"New York","Boston, MA",3\nBoston,"the ""Hub""",\n'
  assert.deepEqual((await edgesIn('edges.csv', quoted)).edges, [
    'Boston > the "Hub" 1',
    'New York > Boston, MA 3',
  ])
  assert.deepEqual((await edgesIn('blanks.txt', 'Doe,J Roe,R 2\n')).edges, ['Doe,J > Roe,R 2'])
  await refused(
    'both.txt',
    'New York,Boston,3\n',
    /line 1: blanks and commas could both part its columns.*call the file \.csv/,
  )
  await refused('decimal.tsv', 'a\tb\t0,5\n', /the weight is "0,5"/)
  const sparse = await edgesIn('sparse.csv', 'a,b\n')
  assert.deepEqual(sparse.edges, ['a > b 1'])
})

test('what networkx writes is read with its weights, other attributes are told', async () => {
  const { edges, warnings } = await edgesIn(
    'nx.txt',
    "a b {'weight': 0.5}\nb c {}\nc d {'kind': 'road', \"weight\": 2}\n",
  )
  assert.deepEqual(edges, ['a > b 0.5', 'b > c 1', 'c > d 2'])
  assert.deepEqual(warnings, ['nx.txt: read no attributes but the weight, and 1 edge had others'])
  assert.deepEqual((await edgesIn('nx.csv', "a b,c,{'weight': 3}\n")).edges, ['a b > c 3'])
  assert.deepEqual((await edgesIn('nx.tsv', "a b\tc\t{'weight': 3}\n")).edges, ['a b > c 3'])
  await refused('nx.txt', "a b {'weight': -1}\n", /the weight is "-1"/)
  await refused('nx.txt', "a b 2 {'weight': 1}\n", /more than two columns before \{/)
})

test('a header is known and told, and adjacency lists are refused by name', async () => {
  const { edges, warnings } = await edgesIn(
    'header.tsv',
    '# written by hand\nSource\tTarget\tWeight\na\tb\t2\n',
  )
  assert.deepEqual(edges, ['a > b 2'])
  assert.deepEqual(warnings, [
    'header.tsv: passed over 1 line that is a comment (# or % in front)',
    'header.tsv: took the first line, "Source Target Weight", for a header',
  ])
  assert.deepEqual((await edgesIn('later.tsv', 'a b\nsource target\n')).edges, [
    'a > b 1',
    'source > target 1',
  ])
  await refused(
    'adjacency.txt',
    '1 2 3\n2 1 3\n3 1 2\n',
    /as in an adjacency list.*Write each edge on a line/,
  )
  await refused('adjacency.txt', '1 2 3 4\n', /more than three columns.*If this is an adjacency list/)
  const path = await edgesIn('path.txt', '1 2 1\n2 3 2\n3 4 1\n')
  assert.deepEqual(path.edges, ['1 > 2 1', '2 > 3 2', '3 > 4 1'])
})

test('a Matrix Market file has a header and a line of sizes, which are checked', async () => {
  const head = '%%MatrixMarket matrix coordinate pattern symmetric\n% made by hand\n'
  const { edges, warnings } = await edgesIn('k.mtx', `${head}4 4 3\n2 1\n3 1\n3 3\n`)
  assert.deepEqual(edges, ['1 > 2 1', '1 > 3 1', '2 > 1 1', '3 > 1 1', '3 > 3 1'])
  assert.deepEqual(warnings, ['k.mtx: passed over 1 line that is a comment (# or % in front)'])
  const general = '%MatrixMarket matrix coordinate real general\n4 4 1\n2 1 0.5\n'
  assert.deepEqual((await edgesIn('matrix.txt', general)).edges, ['2 > 1 0.5'])
  assert.deepEqual((await edgesIn('bare.mtx', '3 3 1\n1 3\n')).edges, ['1 > 3 1'])
  await refused('k.mtx', `${head}4 4 3\n2 1\n`, /there are 1 entries; expected 3, as the line of sizes says/)
  await refused(
    'k.mtx',
    `${head}4 4 1\n5 1\n`,
    /line 4: a row or column is "5"; expected a number from 1 to 4/,
  )
  await refused('k.mtx', `${head}4 5 1\n2 1\n`, /line 3: the matrix has 4 rows and 5 columns/)
  await refused('k.mtx', `${head}2 1\n`, /line 3: this line is "2 1"; expected the sizes/)
  await refused('k.mtx', '%%MatrixMarket matrix array real general\n2 2\n', /a matrix as an array/)
  await refused('k.mtx', '%%MatrixMarket matrix coordinate complex general\n2 2 1\n', /is complex/)
})

test('a node of more bytes than a word may have is refused with its line', async () => {
  const long = 'x'.repeat(1001)
  await refused(
    'long.txt',
    `a b\n${long} page1 2\n`,
    /line 2: the node "x{40}…" has 1,001 bytes; expected 1,000 at most/,
  )
  await refused('long.tsv', `page1\t${long}\n`, /line 1: the node "x/)
  assert.equal((await edgesIn('fits.txt', `${long.slice(1)} b\n`)).edges.length, 1)
})

test('nodes that are in no walk are counted', async () => {
  const star = Array.from({ length: 50 }, (_, i) => ['hub', `leaf${i}`] as const)
  const warnings: string[] = []
  const options = { walksPerNode: 2, onWarning: (it: string) => void warnings.push(it) }
  const visited = new Set([...walks(await readGraph(star, { directed: true }), options)].flat())
  assert.deepEqual(warnings, [
    `${51 - visited.size} of 51 nodes are in no walk: no edge leaves them, so that no walk begins there, and none came there`,
  ])
  assert.equal([...walks(await readGraph(star), options)].length, 102)
  assert.equal(warnings.length, 1)
})

test('the sums of chances that a walk draws by are those of all neighbours added up', async () => {
  await fc.assert(
    fc.asyncProperty(
      edges,
      fc.boolean(),
      fc.boolean(),
      fc.constantFrom(0.25, 1, 4, 1000),
      fc.constantFrom(0.25, 4, 1000),
      async (list, directed, isWeighted, p, q) => {
        const graph = await readGraph(isWeighted ? list : list.map(([a, b]) => [a, b] as Edge), { directed })
        for (let previous = 0; previous < graph.size; previous++)
          for (let at = graph.starts[previous]!; at < graph.starts[previous + 1]!; at++) {
            const node = graph.neighbors[at]!
            if (graph.degree(node) > 0) checkSums(graph, previous, node, 1 / p, 1 / q)
          }
      },
    ),
  )
})

function checkSums(graph: Graph, previous: number, node: number, back: number, away: number) {
  const sums = new BiasedSums(graph, previous, node, back, away)
  let sum = 0
  for (let place = graph.starts[node]!; place < graph.starts[node + 1]!; place++) {
    const step = graph.neighbors[place]!
    const bias = step === previous ? back : graph.hasEdge(previous, step) ? 1 : away
    const weight = graph.weight(node, place) * bias
    assert.equal(sums.placeOf(sum + weight / 2), place)
    sum += weight
  }
  assert.ok(Math.abs(sums.total - sum) < 1e-9 * sum)
}

test('walks over a hub take time in proportion to its degree', () => {
  const timeOf = async (leaves: number) => {
    const graph = await readGraph(Array.from({ length: leaves }, (_, i) => ['hub', `leaf${i}`] as const))
    const start = process.cpuUsage()
    for (const _ of walkNumbers(graph, { walksPerNode: 1, length: 20, p: 0.01, q: 4 }));
    return process.cpuUsage(start).user
  }
  return timeOf(2000)
    .then(async () => [await timeOf(4000), await timeOf(32_000)])
    .then(([small, large]) => assert.ok(large! < 24 * small!, `${small} and ${large} µs`)) // squared, it would be 64 times
})
