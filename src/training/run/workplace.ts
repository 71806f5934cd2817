import type { TokenIds } from '../../ids/index.js'
import type { Control } from '../../runs/inner.js'
import type { TrainingMemory } from '../memory/training-memory.js'
import type { Engine } from './engine.js'
import type { ThreadTask } from './task.js'

/** Everything that one thread works with: its task, and what is opened from it. */
export interface Workplace {
  readonly task: ThreadTask
  readonly memory: TrainingMemory
  readonly ids: TokenIds
  readonly engine: Engine
  readonly control: Control
}
