import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { lines, main, saved, serving, temporaryFolder } from '../faults/served.js'
import { wordloom } from './wordloom.js'

const deploy = (name: string) =>
  readFileSync(new URL(`../../../examples/deploy/${name}`, import.meta.url), 'utf8')
const container = deploy('Containerfile')
const unit = deploy('wordloom.service')
const run = promisify(execFile)

const folder = temporaryFolder()
const keys = lines(folder, 'keys', 'a-long-secret\n')
const path = saved(main.vectors, folder)

/** The arguments of an instruction of the container file, which has no shell. */
function argumentsOf(instruction: string): string[] {
  const [, given] = new RegExp(`^${instruction}\\b.*?(\\[.*\\])$`, 'm').exec(container) ?? []
  return JSON.parse(given!)
}

const startOfUnit = /^ExecStart=(.*)$/m.exec(unit)![1]!.split(' ')

for (const [name, line] of [
  ['container', [...argumentsOf('ENTRYPOINT'), ...argumentsOf('CMD')]],
  ['unit', startOfUnit],
] as const)
  test(`the ${name} starts a server with flags that it has, and a key opens it`, async () => {
    const [node, program, verb, ...args] = line
    assert.match(node!, /^(\/usr\/bin\/)?node$/)
    assert.match(program!, /\/node_modules\/wordloom\/dist\/cli\/main\.js$/)
    assert.equal(verb, 'serve')
    const { stdout } = await wordloom(['serve', '--help'])
    for (const flag of args.filter(one => one.startsWith('--')))
      assert.match(stdout, new RegExp(`${flag}\\b`))
    const vectors = await path
    const here = args.map(one => (one.endsWith('.safetensors') ? vectors : /keys$/.test(one) ? keys : one))
    const { ask } = await serving([...here, '--port', '0'])
    assert.equal((await ask('/v1/models')).status, 401)
    assert.equal((await ask('/v1/models', undefined, { authorization: 'Bearer a-long-secret' })).status, 200)
  })

test('the check of the container is 0 of a server that lives, and 1 of none', async () => {
  const { port, child, ended } = await serving([await path, '--log', 'none'])
  const [, ...args] = argumentsOf('HEALTHCHECK')
  const check = () =>
    run(
      process.execPath,
      args.map(one => one.replace(':4225/', `:${port}/`)),
    ).then(
      () => 0,
      ({ code }) => code,
    )
  assert.equal(await check(), 0)
  child.kill()
  await ended
  assert.equal(await check(), 1)
})

test('the container needs nothing but the package, runs as no root, and has signals reach the server', () => {
  assert.match(container, /^FROM node:24-slim$/m)
  assert.match(container, /^RUN npm install --omit=dev .*\bwordloom\b/m)
  assert.match(container, /^USER node$/m)
  assert.doesNotMatch(container, /^(COPY|ADD|ENTRYPOINT [^[]|CMD [^[])/m)
})

test('the unit gives an end more time than the server takes for it', () => {
  assert.ok(Number(/^TimeoutStopSec=(\d+)s$/m.exec(unit)![1]) > 10)
  assert.ok(Number(/^LimitNOFILE=(\d+)$/m.exec(unit)![1]) > 2_000)
  assert.match(unit, /^ExecReload=\/bin\/kill -HUP \$MAINPID$/m)
})

test('systemd finds no fault with the unit', {
  skip: !existsSync('/usr/bin/systemd-analyze') && 'systemd is not here',
}, async () => {
  const here = join(folder, 'wordloom.service')
  writeFileSync(here, unit.replaceAll('/usr/bin/node', process.execPath))
  const { stdout, stderr } = await run('systemd-analyze', ['verify', '--man=no', here])
  const own = (stdout + stderr).split('\n').filter(line => line.includes('wordloom.service'))
  assert.deepEqual(own, [])
})
