import { canShareMemory } from '../wasm/index.js'
import type { Control } from './control.js'
import { allocateBytes, matrixBytes } from './memory.js'
import type { ThreadTask } from './task.js'

/** What a thread of a page tells; a thread that shares its memory needs to tell nothing. */
export interface Report {
  /** A copy of the thread's control record. */
  readonly control?: ArrayBuffer
  /** Both matrices as they are at the end. */
  readonly matrices?: ArrayBuffer
}

/** A task for a thread that may share nothing: the memory is sent as an image. */
export interface TaskOfCopies extends Omit<ThreadTask, 'memory'> {
  readonly memory: ArrayBuffer
}

/** Messages often enough to watch, and rarely enough to cost nothing, in milliseconds. */
const REPORT_EVERY = 100

/** The task as it can be posted where memory cannot be shared. */
export function taskOfCopies(task: ThreadTask): TaskOfCopies {
  return { ...task, memory: copied(new Uint8Array(task.memory.buffer)) }
}

/** On the thread: the task with memory of its own, which begins as the image that was sent. */
export function taskOver(posted: ThreadTask | TaskOfCopies): ThreadTask {
  if (posted.memory instanceof WebAssembly.Memory) return posted as ThreadTask
  const image = new Uint8Array(posted.memory)
  const memory = allocateBytes(image.length)
  new Uint8Array(memory.buffer).set(image)
  return { ...posted, memory }
}

/** On the thread: tells how far it is, now and then; nothing where the page sees that for itself. */
export function reporter(task: ThreadTask, tell: (report: Report) => void): () => void {
  if (canShareMemory()) return () => {}
  let last = performance.now()
  return () => {
    if (performance.now() - last < REPORT_EVERY) return
    last = performance.now()
    tell({ control: copied(new Uint8Array(task.control.buffer)) })
  }
}

/** On the thread: what is told at the end. */
export function finalReport(task: ThreadTask): Report {
  if (canShareMemory()) return {}
  const control = copied(new Uint8Array(task.control.buffer))
  return { control, matrices: copied(matrixBytes(task.layout, task.memory)) }
}

/** On the page: puts what a thread tells where the thread would have put it. */
export function takeReport({ control, matrices }: Report, task: ThreadTask, followed: Control): void {
  if (control) followed.follow(control)
  if (matrices) matrixBytes(task.layout, task.memory).set(new Uint8Array(matrices))
}

/** In memory of its own, also where the bytes are shared. */
function copied(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}
