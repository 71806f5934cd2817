import { spawn } from 'node:child_process'
import { tell } from './terminal.js'

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['explorer.exe'],
}

/** Shows an address in the browser of this machine; if that cannot be done, says so. */
export function openBrowser(url: string): void {
  const [command, ...flags] = openers[process.platform] ?? ['xdg-open']
  const child = spawn(command, [...flags, url], { stdio: 'ignore', detached: true })
  child.once('error', () => tell(`wordloom: no browser could be opened; open ${url} yourself`))
  child.unref()
}
