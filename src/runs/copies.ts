import { canShareMemory, type Memory, sharedKind } from '../wasm/index.js'
import type { Control, ControlMemory } from './control.js'

/** What a thread tells in a page; a thread that shares its memory needs to tell nothing. */
export interface Report {
  /** A copy of the thread's control record. */
  readonly control?: ArrayBuffer
  /** The bytes of its memory that have what was learned, as they are at the end. */
  readonly learned?: ArrayBuffer
}

/** The task of a thread, with the memory of the kernels. */
interface TaskOfMemory<Kernels = Memory> {
  readonly memory: { readonly kernels: Kernels }
  readonly control: ControlMemory
}

/** A task for a thread that may share nothing: the memory is sent as an image. */
export type Copied<Task extends TaskOfMemory> = Omit<Task, 'memory'> & {
  readonly memory: Omit<Task['memory'], 'kernels'> & { readonly kernels: ArrayBuffer }
}

/** Messages often enough to watch, and rarely enough to cost nothing, in milliseconds. */
const REPORT_EVERY = 100

/** The task as it can be posted: as it is, or with copies if memory cannot be shared. */
export function postedTask<Task extends TaskOfMemory>(task: Task): Task | Copied<Task> {
  if (canShareMemory()) return task
  const kernels = copied(new Uint8Array(task.memory.kernels.buffer))
  return { ...task, memory: { ...task.memory, kernels } } as Copied<Task>
}

/** On the thread: the task with memory of its own, which begins as the image that was sent. */
export function taskOver<Task extends TaskOfMemory>(posted: Task | Copied<Task>): Task {
  const { kernels: sent } = posted.memory
  if (!(sent instanceof ArrayBuffer)) return posted as Task
  const image = new Uint8Array(sent)
  const kernels = sharedKind(image.length)
  new Uint8Array(kernels.buffer).set(image)
  return { ...posted, memory: { ...posted.memory, kernels } } as unknown as Task
}

/** On the thread: reports its progress now and then; nothing if the page shares the memory that shows it. */
export function reporter({ control }: TaskOfMemory, tell: (report: Report) => void): () => void {
  if (canShareMemory()) return () => {}
  let last = performance.now()
  return () => {
    if (performance.now() - last < REPORT_EVERY) return
    last = performance.now()
    tell({ control: copied(new Uint8Array(control.buffer)) })
  }
}

/** On the thread: the report at the end, with what it learned. */
export function finalReport({ control }: TaskOfMemory, learned: () => Uint8Array): Report {
  if (canShareMemory()) return {}
  return { control: copied(new Uint8Array(control.buffer)), learned: copied(learned()) }
}

/** On the page: copies a report to where a thread with shared memory would have written it. */
export function takeReport({ control, learned }: Report, followed: Control, place: () => Uint8Array): void {
  if (control) followed.follow(control)
  if (learned) place().set(new Uint8Array(learned))
}

/** A copy of its own, even if the bytes are shared. */
function copied(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}
