// The notices of the packages that a bundle contains: their licences ask that these go wherever the bundle goes.
import { readdirSync, readFileSync } from 'node:fs'

const PACKAGE = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//

/** The text of a file for all bundles together. Throws if a package has no notice. */
export function thirdPartyNotices(root, metafiles) {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs))
  const folders = new Set(inputs.flatMap(path => PACKAGE.exec(path)?.[0] ?? []))
  const notices = [...folders].sort().map(folder => noticeOf(root + folder))
  return `The files beside this one contain the packages below, under these licences.\n\n${notices.join('\n')}`
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8'))
  const file = readdirSync(folder).find(name => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(name))
  if (file === undefined) throw new Error(`${name} ${version} has no file with its licence`)
  const text = readFileSync(folder + file, 'utf8').trim()
  return `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`
}
