import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type NewFile, type Output, writeTogether } from '#files/index'
import { afterPowerFailure, Crash, MemoryDisk } from './memory-disk.js'

const NAMES = ['/out/x.words.txt', '/out/map.html', '/out/x.npy']
const encoder = new TextEncoder()

/** Files of one generation, each in two chunks. */
function outputsOf(generation: string): Output[] {
  return NAMES.map(path => ({
    path,
    chunks: [encoder.encode(`${generation} of `), encoder.encode(path)],
  }))
}

function contentOf(generation: string): Map<string, Uint8Array> {
  return new Map(NAMES.map(path => [path, encoder.encode(`${generation} of ${path}`)]))
}

/** What stands under the final names, each of which must be whole: '' for one that is missing. */
function generationsOn(files: ReadonlyMap<string, Uint8Array>): string[] {
  return NAMES.map(path => {
    const bytes = files.get(path)
    if (!bytes) return ''
    const [, generation] = new RegExp(`^(old|new) of ${path}$`).exec(Buffer.from(bytes).toString()) ?? []
    assert.ok(generation, `${path} is not whole`)
    return generation
  })
}

function assertUnmixed(files: ReadonlyMap<string, Uint8Array>, when: string): string {
  const found = new Set(generationsOn(files).filter(generation => generation !== ''))
  assert.ok(found.size <= 1, `${when}: ${generationsOn(files)}`)
  return [...found][0] ?? 'none'
}

async function steps(before: ReadonlyMap<string, Uint8Array>): Promise<MemoryDisk> {
  const disk = new MemoryDisk(before)
  await writeTogether(outputsOf('new'), disk)
  return disk
}

test('A2 killed at any step of writing files that belong together, old and new never stand side by side', async () => {
  const whole = await steps(contentOf('old'))
  assert.deepEqual(sorted(whole.contents()), sorted(contentOf('new')))
  let missing = 0
  for (let last = 0; last < whole.steps.length; last++) {
    const disk = new MemoryDisk(contentOf('old'), last)
    await writeTogether(outputsOf('new'), disk).catch(error =>
      assert.ok(error instanceof Crash, String(error)),
    )
    const files = disk.contents()
    assertUnmixed(files, `after ${last} steps`)
    const isWhole = generationsOn(files).every(generation => generation !== '')
    missing += Number(!isWhole)
    if (isWhole) continue
    const contents = [...files.values()].map(bytes => Buffer.from(bytes).toString())
    for (const generation of ['old', 'new'])
      for (const path of NAMES) assert.ok(contents.includes(`${generation} of ${path}`), 'both are there')
  }
  assert.equal(missing, 2 * NAMES.length - 1) // steps between the first name that goes and the last that comes
})

test('A2 where there was nothing before, what is read first comes last', async () => {
  const whole = await steps(new Map())
  for (let last = 0; last < whole.steps.length; last++) {
    const disk = new MemoryDisk(new Map(), last)
    await writeTogether(outputsOf('new'), disk).catch(() => {})
    const found = generationsOn(disk.contents())
    if (found.at(-1) === 'new') assert.deepEqual(found, ['new', 'new', 'new'])
  }
})

test('A6 a disk that refuses any one step leaves what was there before, and nothing beside it', async () => {
  const whole = await steps(contentOf('old'))
  const placed = whole.steps.findLastIndex(({ kind }) => kind === 'rename')
  for (let refused = 0; refused <= placed; refused++) {
    const disk = new MemoryDisk(contentOf('old'))
    refuseStep(disk, refused)
    await assert.rejects(writeTogether(outputsOf('new'), disk), {
      code: 'not-written',
      message: /Cannot write .*: the disk is full/,
    })
    assert.deepEqual(sorted(disk.contents()), sorted(contentOf('old')), `step ${refused}`)
    assert.equal(disk.open, 0)
  }
})

test('A19 power lost at any step of writing files that belong together: whole ones, and never old beside new', async () => {
  const whole = await steps(contentOf('old'))
  const seen = new Set<string>()
  for (let count = 0; count <= whole.steps.length; count++)
    for (const files of afterPowerFailure(contentOf('old'), whole.steps.slice(0, count)))
      seen.add(assertUnmixed(files, `after ${count} steps`))
  assert.deepEqual([...seen].sort(), ['new', 'none', 'old'])
})

test('A2 one file takes its place in one step', async () => {
  const [path] = NAMES
  const before = new Map([[path!, encoder.encode(`old of ${path}`)]])
  const whole = new MemoryDisk(before)
  await writeTogether(outputsOf('new').slice(0, 1), whole)
  for (let last = 0; last < whole.steps.length; last++) {
    const disk = new MemoryDisk(before, last)
    await writeTogether(outputsOf('new').slice(0, 1), disk).catch(() => {})
    assert.notEqual(generationsOn(disk.contents())[0], '')
  }
})

function sorted(files: ReadonlyMap<string, Uint8Array>): [string, string][] {
  return [...files].map(([path, bytes]): [string, string] => [path, Buffer.from(bytes).toString()]).sort()
}

/** Has one step that changes the disk fail as on a full disk; those after it do what they should. */
function refuseStep(disk: MemoryDisk, refused: number): void {
  let step = 0
  const asked = <T>(work: () => Promise<T>) => {
    if (step++ === refused) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    return work()
  }
  const [create, rename] = [disk.create.bind(disk), disk.rename.bind(disk)]
  disk.create = async path => {
    const file = await asked(() => create(path))
    return {
      write: async bytes => asked(() => file.write(bytes)),
      sync: async () => asked(() => file.sync()),
      close: file.close,
    } satisfies NewFile
  }
  disk.rename = async (from, to) => asked(() => rename(from, to))
}
