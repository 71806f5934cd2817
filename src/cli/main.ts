#!/usr/bin/env node
import { exitCodes, reportFailure, watchOutput } from './failure.js'
import { runProgram } from './program.js'

watchOutput()
try {
  await runProgram(process.argv.slice(2))
} catch (error) {
  const code = reportFailure(error)
  process.exitCode = code
  // A terminal or pipe that was being read would keep the process waiting for its next line.
  if (code >= exitCodes.aborted) process.stderr.write('', () => process.exit())
}
