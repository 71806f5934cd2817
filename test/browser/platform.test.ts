import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { array, assert as check, property, uint8Array } from 'fast-check'
import * as browserLines from '#classification/training/line-script.browser'
import * as nodeLines from '#classification/training/line-script.node'
import * as workerdLines from '#classification/training/line-script.workerd'
import * as browserDisk from '#files/disk.browser'
import * as nodeDisk from '#files/disk.node'
import * as browserHash from '#files/sha256.browser'
import * as nodeHash from '#files/sha256.node'
import * as browserHeap from '#formats/parquet/heap.browser'
import * as nodeHeap from '#formats/parquet/heap.node'
import * as browserScan from '#search/scan-script.browser'
import * as nodeScan from '#search/scan-script.node'
import * as browserNumbering from '#text/numbering-threads/numbering-script.browser'
import * as nodeNumbering from '#text/numbering-threads/numbering-script.node'
import * as browserProse from '#text/prose/installed-prose.browser'
import * as nodeProse from '#text/prose/installed-prose.node'
import * as browserWorkers from '#threads/worker.browser'
import * as nodeWorkers from '#threads/worker.node'
import * as workerdWorkers from '#threads/worker.workerd'
import * as browserMachine from '#training/machine.browser'
import * as nodeMachine from '#training/machine.node'
import * as browserThread from '#training/run/thread-script.browser'
import * as nodeThread from '#training/run/thread-script.node'
import * as workerdThread from '#training/run/thread-script.workerd'

/** The compiler checks that each name has the same type on both platforms. */
const pairs: [object, object][] = [
  [nodeDisk, browserDisk satisfies typeof nodeDisk],
  [nodeHeap, browserHeap satisfies typeof nodeHeap],
  [nodeProse, browserProse satisfies typeof nodeProse],
  [nodeHash, browserHash satisfies typeof nodeHash],
  [nodeMachine, browserMachine satisfies typeof nodeMachine],
  [nodeWorkers, browserWorkers satisfies typeof nodeWorkers],
  [nodeNumbering, browserNumbering satisfies typeof nodeNumbering],
  [nodeScan, browserScan satisfies typeof nodeScan],
  [nodeThread, browserThread satisfies typeof nodeThread],
  [nodeLines, browserLines satisfies typeof nodeLines],
  [nodeWorkers, workerdWorkers satisfies typeof nodeWorkers],
  [nodeThread, workerdThread satisfies typeof nodeThread],
  [nodeLines, workerdLines satisfies typeof nodeLines],
]

test('all platforms have the same names', () => {
  for (const [node, browser] of pairs) assert.deepEqual(Object.keys(browser), Object.keys(node))
})

test('a text has the same digest in a page, in whatever pieces it comes', () => {
  check(
    property(array(uint8Array({ maxLength: 200 })), pieces => {
      const expected = createHash('sha256')
      const hash = browserHash.sha256()
      for (const piece of pieces) {
        expected.update(piece)
        hash.update(piece)
      }
      assert.equal(hash.finish(), expected.digest('hex'))
    }),
  )
})

test('a page says what to do where it has no files', async () => {
  const paths = ['corpus.txt', 'the whole text of a book, which was meant to be learned from, not a name']
  for (const path of paths)
    await assert.rejects(
      () => browserDisk.findFiles(path),
      /a page cannot open files by name\. Give the text as/,
    )
  await assert.rejects(() => browserDisk.readBytes('a.bin').next(), { code: 'no-input' })
  await assert.rejects(
    () => browserDisk.plainSize('a.bin'),
    /^WordloomError: Cannot open a\.bin: a page cannot open/,
  )
  await assert.rejects(() => browserDisk.writeWhole('a.bin', []), { code: 'not-written' })
  await assert.rejects(() => browserProse.installedProse().next(), { code: 'no-input' })
})
