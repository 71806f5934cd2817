import type { Architecture } from './architecture.js'
import { cbow } from './cbow.js'
import { pvDbow } from './pv-dbow.js'
import { pvDbowSkipGram } from './pv-dbow-skip-gram.js'
import { pvDm } from './pv-dm.js'
import { skipGram } from './skip-gram.js'

/** Every architecture; its place is its number in the kernel (`kernels/gather.ts`). The first one is the default. */
export const architectures = [skipGram, cbow, pvDm, pvDbow, pvDbowSkipGram] as const

export type ArchitectureName = (typeof architectures)[number]['name']

export function architectureOf(name: ArchitectureName): Architecture {
  return architectures.find(architecture => architecture.name === name)!
}
