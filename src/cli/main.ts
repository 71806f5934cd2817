#!/usr/bin/env node
import { runProgram } from './program.js'
import { exitCodes, reportFailure, watchOutput } from './verb/failure.js'

watchOutput()
try {
  await runProgram(process.argv.slice(2))
} catch (error) {
  const code = reportFailure(error)
  process.exitCode = code
  // A terminal or pipe that was being read would keep the process waiting for its next line.
  if (code >= exitCodes.aborted) process.stderr.write('', () => process.exit())
}
