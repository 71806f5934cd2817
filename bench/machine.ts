import { writeFileSync } from 'node:fs'
import { arch, cpus, loadavg, platform, totalmem } from 'node:os'
import { WordloomError } from 'wordloom'

/** What a figure is worth nothing without. */
export interface Machine {
  readonly processor: string
  readonly processors: number
  readonly gigabytes: number
  readonly system: string
  /** Mean load of the last minute before the first measurement: near 0 on an idle machine. */
  readonly load: number
  readonly command: string
}

export function describeMachine(): Machine {
  const processors = cpus()
  return {
    processor: processors[0]?.model.trim() ?? 'unknown processor',
    processors: processors.length,
    gigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    load: Number(loadavg()[0]!.toFixed(2)),
    command: `npm run bench -- ${process.argv.slice(2).join(' ')}`,
  }
}

export function heading(
  title: string,
  conditions: readonly string[],
  { processor, processors, gigabytes, system, load, command }: Machine,
): string {
  const lines = [
    `${processors} × ${processor}, ${gigabytes} GiB, ${system}, load ${load} before`,
    ...conditions,
    `\`${command}\``,
  ]
  return `# ${title}\n\n${lines.map(line => `- ${line}`).join('\n')}\n`
}

/** Writes everything that was measured, not only the medians, where a file was asked for. */
export function writeJson(path: string | undefined, machine: Machine, results: unknown): void {
  if (path === undefined) return
  try {
    writeFileSync(path, `${JSON.stringify({ machine, results }, null, 2)}\n`)
  } catch (error) {
    throw new WordloomError('not-written', {
      found: `${path}: cannot be written (${(error as Error).message})`,
    })
  }
}

/** One line to standard error: runs take hours, and a person wants to see that they go on. */
export function note(text: string): void {
  process.stderr.write(`${new Date().toTimeString().slice(0, 8)} ${text}\n`)
}
