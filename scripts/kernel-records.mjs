// Makes AssemblyScript and TypeScript of kernels/records.mjs, which says what is made.
import { readFileSync } from 'node:fs'
import { constants, derived, choices as described, measures, records } from '../kernels/records.mjs'

const MADE = '// Made by scripts/build-kernels.mjs from kernels/records.mjs.\n'

/** By choice, its names in the order of their numbers. */
const choices = Object.fromEntries(
  Object.entries(described).map(([choice, names]) => [choice, Array.isArray(names) ? names : namesIn(names)]),
)

/** Bytes of a type, and how a DataView reads and writes it. */
const types = {
  u32: { bytes: 4, view: 'Uint32' },
  u64: { bytes: 8, view: 'BigUint64', read: 'Number', write: 'BigInt' },
  f32: { bytes: 4, view: 'Float32' },
  f64: { bytes: 8, view: 'Float64' },
}

/** By path from the root of the project, the text of every file that follows from the description. */
export function filesOfRecords() {
  const rooms = [...new Set(Object.values(constants).flatMap(({ room }) => room ?? []))]
  return {
    'kernels/records.generated.ts': inAssemblyScript(),
    'src/training/memory/records.generated.ts': inTypeScript(),
    ...Object.fromEntries(rooms.map(room => [`src/${room}/constants.generated.ts`, constantsOf(room)])),
  }
}

/** The names of the entries of src/reference/…/table.ts, each of which has a file of its own. */
function namesIn(folder) {
  const textOf = name => readFileSync(new URL(`../${folder}/${name}.ts`, import.meta.url), 'utf8')
  const table = textOf('table')
  const entries = /= \[([^\]]+)\] as const/.exec(table)[1].split(',')
  return entries.map(entry => {
    const file = new RegExp(`import \\{ ${entry.trim()} \\} from '\\./(.+)\\.js'`).exec(table)[1]
    return /\bname: '([^']+)'/.exec(textOf(file))[1]
  })
}

function inAssemblyScript() {
  const numbers = Object.entries(constants).map(
    ([name, { value, says }]) => `/** ${sentence(says)} */\nexport const ${name}: u32 = ${value}\n`,
  )
  const named = Object.values(choices).flatMap(names =>
    names.map((name, i) => `export const ${constantCase(name)}: u32 = ${i}\n`),
  )
  const classes = Object.entries(records).map(([name, record]) => {
    const fields = Object.entries(record.fields).map(
      ([field, [type, says]]) => `  ${field}: ${type}${says && ` // ${says}`}\n`,
    )
    const doc = `/** ${sentence(record.says)} Of kernels/${record.owner}. */`
    return `\n${doc}\n@unmanaged\nexport class ${name} {\n${fields.join('')}}\n`
  })
  const sizes = kernelOnly().map(
    ([name, { fields }]) =>
      `\nexport const ${bytesName(name)}: u32 = ${laidOut(fields).bytes} // from one ${name} to the next\n`,
  )
  return [MADE, '\n', ...numbers, '\n', ...named, ...classes, ...sizes, offsetChecks()].join('')
}

/** Compiling fails if AssemblyScript lays a field anywhere else than the class of TypeScript expects it. */
function offsetChecks() {
  const checks = Object.entries(records).flatMap(([name, { fields }]) =>
    Object.entries(laidOut(fields).offsets).map(
      ([field, offset]) =>
        `if (offsetof<${name}>('${field}') !== ${offset}) ERROR('${name}.${field} does not lie at ${offset}')\n`,
    ),
  )
  return `\n// For TypeScript the same numbers are written into src/training/memory/records.generated.ts.\n${checks.join('')}`
}

function inTypeScript() {
  const shared = Object.entries(records).filter(([, { inKernelsOnly }]) => !inKernelsOnly)
  const together = shared.filter(([, { apart }]) => !apart) // the others are placed by who uses them
  return [
    MADE,
    choicesInTypeScript(),
    ...shared.map(([name, record]) => classOf(name, record)),
    directoryOf(together.map(([name, { fields }]) => [name, laidOut(fields).bytes])),
    sizesOf(together),
  ].join('\n')
}

function choicesInTypeScript() {
  const tables = Object.entries(choices).map(([name, values]) => {
    const entries = values.map((value, i) => `  '${value}': ${i},\n`)
    return `export const ${name}Numbers = {\n${entries.join('')}} as const\n`
  })
  return tables.join('\n')
}

function classOf(name, { says, fields }) {
  const { offsets, bytes } = laidOut(fields)
  const accessors = Object.entries(fields).map(([field, [type, says]]) => {
    const { view, read = '', write = '' } = types[type] ?? types.u32
    const offset = offsets[field]
    const get = `this.#view.get${view}(${offset}, true)`
    const value = write ? `${write}(value)` : 'value'
    return (
      (says && `  /** ${sentence(says)} */\n`) +
      `  get ${field}(): number {\n    return ${read ? `${read}(${get})` : get}\n  }\n\n` +
      `  set ${field}(value: number) {\n    this.#view.set${view}(${offset}, ${value}, true)\n  }\n`
    )
  })
  const names = Object.keys(fields).map(field => `  ${field}: number\n`)
  return `interface ${name}Fields {
${names.join('')}}

/** ${sentence(says)} */
export class ${name} implements ${name}Fields {
  static readonly bytes = ${bytes}
  readonly pointer: number
  readonly #view: DataView

  constructor(memory: { readonly buffer: ArrayBufferLike }, pointer: number) {
    this.pointer = pointer
    this.#view = new DataView(memory.buffer, pointer, ${bytes})
  }

  write(values: Partial<${name}Fields>): void {
    Object.assign(this, values)
  }

${accessors.join('\n')}}
`
}

/** All records of a thread, one after another. */
function directoryOf(shared) {
  const starts = shared.map((_, i) => shared.slice(0, i).reduce((sum, [, bytes]) => sum + bytes, 0))
  const total = shared.reduce((sum, [, bytes]) => sum + bytes, 0)
  const fields = shared.map(([name]) => `  readonly ${lowered(name)}: ${name}\n`)
  const made = shared.map(
    ([name], i) => `    this.${lowered(name)} = new ${name}(memory, pointer + ${starts[i]})\n`,
  )
  return `/** Of all records of a thread, a multiple of 16. */
export const RECORDS_BYTES = ${total}

/** The records through which one thread and its kernels speak. */
export class ThreadRecords {
  readonly pointer: number
${fields.join('')}
  constructor(memory: { readonly buffer: ArrayBufferLike }, pointer: number) {
    this.pointer = pointer
${made.join('')}  }
}
`
}

function sizesOf(shared) {
  const withArrays = shared
    .map(([name, { fields }]) => [name, Object.entries(fields).filter(([, [, , bytes]]) => bytes)])
    .filter(([, fields]) => fields.length > 0)
  const sizes = withArrays.map(([name, fields]) => {
    const lines = fields.map(([field, [, , bytes]]) => `      ${field}: ${bytes},\n`)
    return `    ${lowered(name)}: {\n${lines.join('')}    },\n`
  })
  const needed = Object.entries(measures).map(
    ([name, [type, says]]) => `${says && `  /** ${sentence(says)} */\n`}  readonly ${name}: ${type}\n`,
  )
  const followed = Object.entries(derived).map(
    ([name, [expression, says]]) => `  const ${name} = ${expression} // ${says}\n`,
  )
  const expressions = [...sizes, ...followed].join('')
  const numbers = [
    ...Object.entries(constants).map(([name, { value }]) => [name, value]),
    ...kernelOnly().map(([name, { fields }]) => [bytesName(name), laidOut(fields).bytes]),
  ].filter(([name]) => new RegExp(`\\b${name}\\b`).test(expressions))
  return `/** What the sizes of arrays follow from. */
export interface Measures {
${needed.join('')}}

${numbers.map(([name, value]) => `const ${name} = ${value}\n`).join('')}
/** Bytes of the arrays in a thread's scratch, by the fields that point to them. */
export function scratchSizes(measures: Measures) {
  const { ${Object.keys(measures).join(', ')} } = measures
${followed.join('')}  return {
${sizes.join('')}  }
}
`
}

function constantsOf(room) {
  const own = Object.entries(constants).filter(([, constant]) => constant.room === room)
  const lines = own.map(
    ([name, { value, says }]) => `/** ${sentence(says)} */\nexport const ${name} = ${value}\n`,
  )
  return `${MADE}\n${lines.join('\n')}`
}

/** Where the fields of a record lie, and the bytes it takes, a multiple of 16. */
function laidOut(fields) {
  const offsets = {}
  let end = 0
  for (const [field, [type]] of Object.entries(fields)) {
    const size = (types[type] ?? types.u32).bytes
    offsets[field] = Math.ceil(end / size) * size
    end = offsets[field] + size
  }
  return { offsets, bytes: Math.ceil(end / 16) * 16 }
}

function kernelOnly() {
  return Object.entries(records).filter(([, { inKernelsOnly }]) => inKernelsOnly)
}

function bytesName(record) {
  return `${record.toUpperCase()}_BYTES`
}

function constantCase(word) {
  return word.toUpperCase().replaceAll('-', '_')
}

function lowered(name) {
  return name[0].toLowerCase() + name.slice(1)
}

function sentence(words) {
  return `${words[0].toUpperCase()}${words.slice(1)}.`
}
