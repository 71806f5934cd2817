#!/usr/bin/env node
import { reportFailure, watchOutput } from './failure.js'
import { runProgram } from './program.js'

watchOutput()
try {
  await runProgram(process.argv.slice(2))
} catch (error) {
  process.exitCode = reportFailure(error)
}
