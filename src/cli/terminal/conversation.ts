import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'
import { option, say, WordloomError } from '../../errors.js'
import { visible } from './terminal.js'

/** Two ends of a terminal. */
export interface Terminal {
  readonly input: Readable
  readonly output: Writable
}

/** Whether somebody sits at both ends, who can be asked. */
export function canConverse(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true
}

/** The error for a command line without a question where nobody can be asked for one. */
export function withoutQuestion(needs: string, example: string): WordloomError {
  return new WordloomError('usage', {
    found: say`${needs}: questions are asked for only in a terminal, and without ${option('json')}`,
    cure: `for example: ${example}`,
  })
}

/**
 * Asks for a line, answers it, and asks again until the input ends (Ctrl-D, Ctrl-C) or an empty line comes twice.
 * Arrow keys bring earlier lines back. A line that cannot be answered gets the words of its error.
 */
export async function converse(
  prompt: string,
  answer: (line: string) => Promise<string>,
  { input, output }: Terminal = { input: process.stdin, output: process.stdout },
): Promise<void> {
  const lines = createInterface({ input, output, prompt, historySize: 1000, removeHistoryDuplicates: true })
  let empty = 0
  let isOpen = true
  lines.once('close', () => {
    isOpen = false
  })
  lines.prompt()
  for await (const line of lines) {
    empty = line.trim() === '' ? empty + 1 : 0
    if (empty === 2) break
    if (empty === 0) output.write(`${await answered(line.trim(), answer)}\n\n`)
    if (isOpen) lines.prompt() // the input may end while a line is answered
  }
  lines.close()
  output.write('\n')
}

async function answered(line: string, answer: (line: string) => Promise<string>): Promise<string> {
  try {
    return await answer(line)
  } catch (error) {
    if (error instanceof WordloomError && error.code !== 'internal') return visible(error.message)
    throw error
  }
}
