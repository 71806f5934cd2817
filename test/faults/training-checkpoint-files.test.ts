import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { load, WordloomError } from 'wordloom'
import { hasCheckpoint } from 'wordloom/training'
import { type ByteRanges, openRanges, realDisk } from '#files/index'
import { NotFinite } from '#runs/checkpoint-rows'
import { CheckpointStore } from '#runs/checkpoint-store'
import { afterPowerFailure, Crash, MemoryDisk } from './memory-disk.js'
import { contentOf, expectedContent, smallCheckpoint, written } from './small-checkpoint.js'

const PATH = '/run/model.checkpoint'
const folder = mkdtempSync(join(tmpdir(), 'wordloom-faults-'))
const real = mkdtempSync(join(tmpdir(), 'wordloom-real-disk-'))
after(() => {
  for (const path of [folder, real]) rmSync(path, { recursive: true, force: true })
})

async function write(store: CheckpointStore, sequence: number): Promise<void> {
  await (await store.write(written(smallCheckpoint(sequence)))).settle()
}

/** A disk with two checkpoints. */
async function twoCheckpoints(): Promise<Map<string, Uint8Array>> {
  const disk = new MemoryDisk()
  const store = new CheckpointStore(PATH, disk)
  for (const sequence of [1, 2]) await write(store, sequence)
  return disk.contents()
}

/** The sequence of what a process finds that is started on such a disk; its numbers are those that were written. */
async function foundOn(files: ReadonlyMap<string, Uint8Array>): Promise<number> {
  const found = await new CheckpointStore(PATH, new MemoryDisk(files)).newest()
  assert.ok(found, 'there is a checkpoint')
  const { sequence } = found.checkpoint.facts
  assert.deepEqual(await contentOf(found.checkpoint), expectedContent(sequence))
  return sequence
}

test('A2 killed at any step of writing a checkpoint, the old or the new one is found', async () => {
  const before = await twoCheckpoints()
  const whole = new MemoryDisk(before)
  const last = new CheckpointStore(PATH, whole)
  await last.newest()
  await write(last, 3)
  const kinds = whole.steps.map(({ kind }) => kind)
  for (const kind of ['create', 'write', 'sync', 'rename', 'syncFolder'] as const)
    assert.ok(kinds.includes(kind), kind)
  const found = []
  for (let steps = 0; steps < whole.steps.length; steps++) {
    const disk = new MemoryDisk(before, steps)
    const store = new CheckpointStore(PATH, disk)
    await store.newest()
    await assert.rejects(write(store, 3), Crash)
    found.push(await foundOn(disk.contents()))
    const next = new CheckpointStore(PATH, new MemoryDisk(disk.contents()))
    const { checkpoint } = (await next.newest())!
    await write(next, checkpoint.facts.sequence + 1) // and it can go on
  }
  const renamed = kinds.indexOf('rename')
  assert.deepEqual(
    found,
    kinds.map((_, step) => (step <= renamed ? 2 : 3)),
  )
})

test('A8 a checkpoint with any one bit flipped is refused, and the one before it is taken', async () => {
  const files = await twoCheckpoints()
  const newest = files.get(`${PATH}.2`)!
  for (let at = 0; at < newest.length; at++) {
    const flipped = newest.slice()
    flipped[at]! ^= 1 << (at % 8)
    const found = await new CheckpointStore(
      PATH,
      new MemoryDisk(new Map(files).set(`${PATH}.2`, flipped)),
    ).newest()
    assert.equal(found?.checkpoint.facts.sequence, 1, `byte ${at}`)
    assert.equal(found.damaged.length, 1)
    assert.ok(found.damaged[0]!.message.includes(`${PATH}.2`), found.damaged[0]!.message)
  }
})

test('A9 a checkpoint cut off after any byte is refused, and the one before it is taken', async () => {
  const files = await twoCheckpoints()
  const newest = files.get(`${PATH}.2`)!
  for (let length = 0; length < newest.length; length++) {
    const cut = new Map(files).set(`${PATH}.2`, newest.slice(0, length))
    const found = await new CheckpointStore(PATH, new MemoryDisk(cut)).newest()
    assert.equal(found?.checkpoint.facts.sequence, 1, `${length} bytes`)
    assert.equal(found.damaged.length, 1)
  }
  const longer = new Map(files).set(`${PATH}.2`, Buffer.concat([newest, Uint8Array.of(0)]))
  assert.equal(
    (await new CheckpointStore(PATH, new MemoryDisk(longer)).newest())?.checkpoint.facts.sequence,
    1,
  )
})

test('A8 where no other checkpoint is whole, both are named and nothing is begun', async () => {
  const files = await twoCheckpoints()
  for (const bytes of files.values()) bytes[bytes.length - 5]! ^= 1
  await assert.rejects(
    new CheckpointStore(PATH, new MemoryDisk(files)).newest(),
    (error: WordloomError) =>
      error.code === 'bad-data' &&
      /: none of its checkpoints is whole \(.*checkpoint\.1.*checkpoint\.2/.test(error.message),
  )
})

/** Two checkpoints on the real disk. */
async function twoInFolder(name: string): Promise<string> {
  const path = join(real, name)
  const store = new CheckpointStore(path)
  for (const sequence of [1, 2]) await write(store, sequence)
  return path
}

test('A8 a newest checkpoint that the system does not let us read is named, and the one before it is taken', async t => {
  const path = await twoInFolder('unreadable')
  const failing: ByteRanges['read'] = () => Promise.reject(new WordloomError('no-input', { found: 'EIO' }))
  const disk = {
    ...realDisk,
    read: async (name: string) => {
      const file = await realDisk.read(name)
      return file && name.endsWith('.2') ? { ...file, read: failing } : file
    },
  }
  const found = await new CheckpointStore(path, disk).newest()
  assert.deepEqual([found?.checkpoint.facts.sequence, found?.damaged.length], [1, 1])
  await found!.checkpoint.close()

  rmSync(`${path}.2`)
  mkdirSync(`${path}.2`)
  const beside = await new CheckpointStore(path).newest()
  assert.equal(beside?.checkpoint.facts.sequence, 1)
  assert.match(beside!.damaged[0]!.message, /unreadable\.2: this is not a plain file/)
  await beside!.checkpoint.close()

  if (!existsSync('/proc/self/mem')) return t.skip('no file here that cannot be read')
  const memory = await openRanges('/proc/self/mem')
  await assert.rejects(memory.read(0, 8), {
    code: 'no-input',
    message: /self\/mem: the system refused \(EIO\)/,
  })
  await memory.close()
})

test('A11 a folder in the place of a checkpoint or of a part of one gets a sentence, and stays', async () => {
  const alone = join(real, 'alone')
  mkdirSync(`${alone}.1`)
  await assert.rejects(new CheckpointStore(alone).newest(), {
    code: 'usage',
    message: /alone\.1 .*not a checkpoint/,
  })

  const path = await twoInFolder('partial')
  mkdirSync(`${path}.partial`)
  await assert.rejects(new CheckpointStore(path).newest(), {
    code: 'not-written',
    message: /^Cannot write .*partial\.partial: this is a folder/,
  })
  rmSync(`${path}.partial`, { recursive: true })
  const store = new CheckpointStore(path)
  await (await store.newest())!.checkpoint.close()
  mkdirSync(`${path}.partial`)
  const error = await store
    .write(written(smallCheckpoint(3)))
    .catch((failure: unknown) => store.explain(failure))
  assert.match(
    (error as WordloomError).message,
    /partial\.partial: this is a folder, and the checkpoint of before stands in/,
  )
})

test('A7 only a checkpoint that is there is promised', async () => {
  mkdirSync(join(real, 'removed'))
  const path = await twoInFolder('removed/run')
  const store = new CheckpointStore(path)
  await (await store.newest())!.checkpoint.close()
  assert.equal(await hasCheckpoint(path), true)
  rmSync(join(real, 'removed'), { recursive: true })
  assert.equal(await hasCheckpoint(path), false)
  const error = await store
    .write(written(smallCheckpoint(3)))
    .catch((failure: unknown) => store.explain(failure))
  assert.match(
    (error as WordloomError).message,
    /the folder .*removed does not exist, and the checkpoint of before, .*run\.2, is gone/,
  )
})

test('A7 a temporary file that another program takes away is what is missing, not the folder', async () => {
  const path = await twoInFolder('taken')
  const store = new CheckpointStore(path)
  await (await store.newest())!.checkpoint.close()
  const unsettled = await store.write(written(smallCheckpoint(3)))
  const disk = readdirSync(real).filter(name => name === 'taken.partial')
  assert.equal(disk.length, 1)
  rmSync(`${path}.partial`)
  const error = await unsettled.settle().catch((failure: unknown) => store.explain(failure))
  assert.match(
    (error as WordloomError).message,
    /was taken away while it was written, and the checkpoint of before stands/,
  )
})

test('A15 a row that is not finite is never written over a checkpoint', async () => {
  const disk = new MemoryDisk(await twoCheckpoints())
  const store = new CheckpointStore(PATH, disk)
  await store.newest()
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    const content = smallCheckpoint(3)
    content.outputVectors.data[4 * content.outputVectors.stride + 1] = value
    await assert.rejects(store.write(written(content)), NotFinite)
  }
  assert.equal(await foundOn(disk.contents()), 2)
  assert.deepEqual([...disk.contents().keys()].sort(), [`${PATH}.1`, `${PATH}.2`])
})

test('A19 power lost after any step, whatever was not synced being lost: the old or the new one is found', async () => {
  const before = await twoCheckpoints()
  const disk = new MemoryDisk(before)
  const store = new CheckpointStore(PATH, disk)
  await store.newest()
  for (const sequence of [3, 4, 5]) await write(store, sequence)
  let disks = 0
  let least = 2
  for (let steps = 0; steps <= disk.steps.length; steps++) {
    const settled = disk.steps.slice(0, steps).filter(({ kind }) => kind === 'syncFolder').length
    for (const files of afterPowerFailure(before, disk.steps.slice(0, steps))) {
      const sequence = await foundOn(files)
      assert.ok(sequence >= 2 + settled && sequence <= 3 + settled, `${sequence} after ${steps} steps`)
      least = Math.max(least, sequence)
      disks++
    }
  }
  assert.equal(least, 5)
  assert.ok(disks > 100, `${disks} disks`)
})

test('A5 a disk that writes less than it is given, and says nothing, is noticed', async () => {
  for (const short of [0, 1]) {
    const disk = new MemoryDisk(await twoCheckpoints())
    const create = disk.create.bind(disk)
    disk.create = async path => {
      const file = await create(path)
      return {
        ...file,
        write: async bytes =>
          bytes.length > 1000 ? file.write(bytes.subarray(0, short)) : file.write(bytes),
      }
    }
    const store = new CheckpointStore(PATH, disk)
    await store.newest()
    const large = { ...smallCheckpoint(3), metadata: { long: 'x'.repeat(5000) } }
    const writing = store.write(written(large)).then(unsettled => unsettled.settle())
    if (short === 0) {
      const error = await writing.then(() => assert.fail('it was written'), store.explain.bind(store))
      assert.match((error as Error).message, /the disk is full/)
      assert.equal(await foundOn(disk.contents()), 2)
    } else {
      await writing // byte by byte at last, but whole
      assert.equal((await store.newest())?.checkpoint.facts.sequence, 3)
    }
  }
})

test('A7 bytes that are not read back as they were written never count', async () => {
  const disk = new MemoryDisk(await twoCheckpoints())
  const store = new CheckpointStore(PATH, disk)
  await store.newest()
  const read = disk.read.bind(disk)
  disk.read = async path => {
    const file = await read(path)
    if (!file || !path.endsWith('.partial')) return file
    return {
      ...file,
      read: async (start, end) => {
        const bytes = await file.read(start, end)
        bytes[bytes.length >> 1]! ^= 4
        return bytes
      },
    }
  }
  const error = await write(store, 3).then(() => assert.fail('it was written'), store.explain.bind(store))
  assert.equal((error as WordloomError).code, 'not-written')
  assert.equal(await foundOn(disk.contents()), 2)
  assert.equal(disk.open, 0)
})

const CYCLES = Number(process.env.FAULT_CYCLES ?? 1000)

test(`A20 ${CYCLES} checkpoints written and read leave no descriptor and no file behind`, async () => {
  const path = join(folder, 'cycles.checkpoint')
  const withoutSync = {
    // what is counted does not depend on it, and a disk would take long
    ...realDisk,
    create: async (name: string) => ({ ...(await realDisk.create(name)), sync: async () => {} }),
    syncFolder: async () => {},
  }
  const descriptors = () => (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0)
  let before = 0
  for (let sequence = 1; sequence <= CYCLES; sequence++) {
    const store = new CheckpointStore(path, withoutSync)
    const found = await store.newest()
    assert.equal(found?.checkpoint.facts.sequence ?? 0, sequence - 1)
    await found?.checkpoint.close()
    await write(store, sequence)
    if (sequence === 10) before = descriptors()
  }
  assert.equal(descriptors(), before)
  assert.deepEqual(readdirSync(folder).sort(), ['cycles.checkpoint.1', 'cycles.checkpoint.2'])
  await new CheckpointStore(path).remove()
  assert.deepEqual(readdirSync(folder), [])
})

test('A8 a checkpoint is a file of word vectors, which every reader opens', async () => {
  const path = join(folder, 'read.checkpoint')
  await write(new CheckpointStore(path), 1)
  const vectors = await load(`${path}.1`)
  assert.deepEqual([vectors.size, vectors.dimensions], [24, 3])
  assert.ok(vectors.has('word7'))
  writeFileSync(`${path}.2`, readFileSync(`${path}.1`).subarray(8))
  await assert.rejects(load(`${path}.2`), WordloomError)
})
