import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { removePartials, writeTogether, writeWhole, writeWholeBy } from '#files/index'
import { writeTogether as writeBySteps } from '#files/together'
import { MemoryDisk } from './memory-disk.js'
import { onWindows, preload, program, scratchFolder } from './training-child.js'

const folder = scratchFolder()
const bytes = (text: string) => new TextEncoder().encode(text)
const HOUR = 3_600_000

/** Runs a verb in a folder of its own until a temporary file of it is being written, and sends it a signal. */
async function stopped(args: readonly string[], signal: NodeJS.Signals) {
  const cwd = scratchFolder()
  writeFileSync(join(cwd, 'a.vec'), '3 2\na 1 2\nb 3 4\nc 5 6\n')
  writeFileSync(join(cwd, 'out.npy'), 'of before')
  const { env } = preload(
    folder,
    'endless-disk',
    `import fs from 'node:fs/promises'
     import { syncBuiltinESMExports } from 'node:module'
     const open = fs.open
     fs.open = async (path, ...rest) => {
       const file = await open(path, ...rest)
       if (String(path).endsWith('.partial'))
         file.write = async () => {
           console.error('writes')
           return new Promise(resolve => setTimeout(resolve, 60_000))
         }
       return file
     }
     syncBuiltinESMExports()`,
  )
  const before = readdirSync(cwd)
  const child = spawn(process.execPath, [program, ...args], { cwd, env: { ...process.env, ...env } })
  let stderr = ''
  const during = new Promise<string[]>(resolve =>
    child.stderr.on('data', text => {
      stderr += text
      if (!stderr.includes('writes')) return
      resolve(readdirSync(cwd))
      child.kill(signal)
    }),
  )
  const [code, by] = await new Promise<[number | null, NodeJS.Signals | null]>(resolve =>
    child.on('close', (...ending) => resolve(ending)),
  )
  assert.match(stderr, /writes/)
  return { cwd, code, by, before, during: await during, after: readdirSync(cwd) }
}

for (const [args, signal] of [
  [['convert', 'a.vec', 'out.npy'], 'SIGINT'],
  [['convert', 'a.vec', 'out.safetensors'], 'SIGTERM'],
  [['sentences', 'a.vec', 'a.vec', '--pooling', 'mean', '-o', 'out.safetensors'], 'SIGHUP'],
] as const)
  test(`A3 ${signal} while ${args[0]} writes ${args.at(-1)} leaves what was there before, and nothing beside it`, {
    skip: onWindows,
  }, async () => {
    const { cwd, code, by, before, during, after } = await stopped(args, signal)
    assert.ok(
      during.some(name => name.endsWith('.partial')),
      during.join(),
    )
    assert.deepEqual([code, by], [null, signal])
    assert.deepEqual(after, before)
    assert.equal(readFileSync(join(cwd, 'out.npy'), 'utf8'), 'of before')
  })

test('A3 a signal while studio --out writes leaves folders and no file', { skip: onWindows }, async () => {
  const { cwd, by } = await stopped(['studio', '--out', 'site'], 'SIGINT')
  assert.equal(by, 'SIGINT')
  const left = readdirSync(join(cwd, 'site'), { recursive: true, withFileTypes: true })
  assert.deepEqual(
    left.filter(entry => entry.isFile()).map(({ name }) => name),
    [],
  )
})

test('A3 a signal that comes between the renames of files that belong together waits for the last', {
  skip: onWindows,
}, async () => {
  const cwd = scratchFolder()
  const code = `
    import fs from 'node:fs/promises'
    import { syncBuiltinESMExports } from 'node:module'
    const rename = fs.rename
    let renames = 0
    fs.rename = async (...names) => {
      await rename(...names)
      if (renames++ === 0) process.kill(process.pid, 'SIGTERM')
      await new Promise(resolve => setTimeout(resolve, 100))
    }
    syncBuiltinESMExports()
    const { writeTogether } = await import('${new URL('../../../dist/files/index.js', import.meta.url)}')
    const outputs = ['a', 'b'].map(path => ({ path, chunks: [new Uint8Array(3)] }))
    for (const { path } of outputs) await fs.writeFile(path, 'before')
    await writeTogether(outputs)
    console.error('goes on')
    setTimeout(() => {}, 60_000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], { cwd, stdio: 'inherit' })
  const by = await new Promise(resolve => child.on('close', (_, signal) => resolve(signal)))
  assert.equal(by, 'SIGTERM')
  assert.deepEqual(
    readdirSync(cwd)
      .filter(name => !name.endsWith('.before'))
      .sort(),
    ['a', 'b'],
  )
  for (const name of ['a', 'b']) assert.equal(readFileSync(join(cwd, name)).length, 3)
})

test('A2 what a killed process left beside a file goes when the file is written again an hour later', async () => {
  const files = new Map(
    [
      '/o/x',
      '/o/.x.01234567.partial',
      '/o/.x.01234567.before',
      '/o/.x.mine.partial',
      '/o/.xy.01234567.partial',
    ].map(path => [path, bytes(path)]),
  )
  for (const [age, left] of [
    [HOUR - 1, [...files.keys()]],
    [HOUR, ['/o/x', '/o/.x.mine.partial', '/o/.xy.01234567.partial']],
  ] as const) {
    const disk = new MemoryDisk(files)
    disk.ageBefore = age
    await writeTogether([{ path: '/o/x', chunks: [bytes('new')] }], disk)
    assert.deepEqual([...disk.contents().keys()].sort(), [...left].sort(), `${age}`)
  }
})

test('A2 killed between renames, the whole files that it left go only when others have taken their places', async () => {
  const files = new Map(
    ['/o/.x.01234567.before', '/o/.x.01234567.partial', '/o/y'].map(path => [path, bytes(path)]),
  )
  const outputs = ['/o/y', '/o/x'].map(path => ({ path, chunks: [bytes('new')] }))
  const whole = new MemoryDisk(files)
  whole.ageBefore = HOUR
  await writeTogether(outputs, whole)
  assert.deepEqual([...whole.contents().keys()].sort(), ['/o/x', '/o/y'])
  const placed = whole.steps.findLastIndex(({ kind }) => kind === 'rename')
  const removals = whole.steps.map(({ kind, path }, i) =>
    kind === 'remove' && path.includes('01234567') ? i : placed,
  )
  assert.ok(Math.min(...removals) >= placed)
})

test('A2 on a real disk a leftover is known by its age, and a name of 255 bytes is written like any other', async () => {
  const cwd = scratchFolder()
  const [cut, other] = ['é'.repeat(127), `${'é'.repeat(126)}ab`].map(name => join(cwd, name))
  for (const path of [cut!, other!, join(cwd, 'n'.repeat(255))]) {
    await writeWhole(path, [bytes('x')])
    await writeTogether([path, `${cwd}/z`].map(path => ({ path, chunks: [bytes('y')] })))
    await writeWholeBy(path, temporary => writeFileSync(temporary, 'z'))
    assert.equal(readFileSync(path, 'utf8'), 'z')
  }
  const whole = readdirSync(cwd).sort()
  assert.equal(whole.length, 4)
  let temporary = ''
  await assert.rejects(
    writeWholeBy(cut!, name => {
      temporary = name
      throw new Error('no')
    }),
  )
  writeFileSync(temporary, 'left')
  utimesSync(temporary, 0, 0)
  await writeWhole(other!, [bytes('x')]) // whose temporaries have other names
  await writeWhole(cut!, [bytes('x')])
  assert.equal(readdirSync(cwd).length, 5) // its name was given just now
  await removePartials([cut!])
  assert.deepEqual(readdirSync(cwd).sort(), whole)
})

test('A2 a file that another library writes by name takes its place by the steps of all others', async () => {
  const before = new Map([['/o/x', bytes('old')]])
  const written = async (disk: MemoryDisk) =>
    writeBySteps(
      [
        {
          path: '/o/x',
          write: name => {
            disk.files.get(name)!.bytes = bytes('new')
          },
        },
      ],
      disk,
    )
  const whole = new MemoryDisk(before)
  await written(whole)
  assert.deepEqual(
    whole.steps.map(({ kind }) => kind),
    ['create', 'sync', 'rename', 'syncFolder'],
  )
  for (let last = 0; last < whole.steps.length; last++) {
    const disk = new MemoryDisk(before, last)
    await written(disk).catch(() => {})
    assert.match(new TextDecoder().decode(disk.contents().get('/o/x')), last < 3 ? /^old$/ : /^new$/)
  }
})
