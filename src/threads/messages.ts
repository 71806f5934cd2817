import type { ErrorCode, Fault } from '../errors.js'

/** A request, or word that a call's answer is not wanted any more. */
export type ToWorker<Request> =
  | { readonly call: number; readonly request: Request }
  | { readonly unwanted: number }

/** For a call: its answer, how far it is, or why there is no answer. */
export type FromWorker<Answer, Report> =
  | { readonly call: number; readonly answer: Answer }
  | { readonly call: number; readonly report: Report }
  | { readonly call: number; readonly failure: Failure }

/** An error as it is posted: engines do not clone all that hangs on one. */
export interface Failure {
  /** Undefined if it is a bug of ours. */
  readonly code: ErrorCode | undefined
  /** Undefined with the code. */
  readonly fault: Fault | undefined
  readonly name: string
  readonly message: string
  readonly stack: string | undefined
}
