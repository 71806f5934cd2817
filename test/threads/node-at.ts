import { execFile } from 'node:child_process'

/** Runs Node with such arguments, to its end. */
export function nodeAt(
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<{ code: unknown; stdout: string; stderr: string }> {
  return new Promise(resolve =>
    execFile(
      process.execPath,
      args,
      { env: { ...process.env, ...environment }, timeout: 60_000 },
      (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }),
    ),
  )
}
