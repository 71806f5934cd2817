import { WordloomError } from '../errors.js'
import { exportsOf, useModule } from '../wasm/index.js'

/** What each file of `wordloom/kernels/` is known by: a function that it exports. */
const files = {
  search: 'scoreRows',
  'search-relaxed': 'scoreRows',
  'search-unshared': 'scoreRows',
  'search-unshared-relaxed': 'scoreRows',
  text: 'wordToken',
  training: 'trainWindows',
  'training-relaxed': 'trainWindows',
} as const

/** Modules of WebAssembly by the names of their files, `search` for `wordloom/kernels/search.wasm`. */
export type KernelModules = { readonly [Name in keyof typeof files]?: object }

/**
 * Gives Wordloom its kernels as modules that are compiled already, for engines that compile no WebAssembly while a
 * program runs, such as workerd. To be called before anything is read, asked or trained; what is not given there runs in
 * TypeScript. `search`, `text` and `training` suffice. The files with `relaxed` in their names fuse multiplication and
 * addition; those with `unshared` are for a page that may not share memory.
 * Throws `usage` for a name that no file has, and for what is not the module of that file.
 */
export function useKernels(modules: KernelModules): void {
  const given = Object.entries(Object(modules))
  if (given.length === 0)
    throw new WordloomError('usage', {
      action: 'use kernels',
      found: 'no module is given',
      expected: `an object with ${Object.keys(files).join(', ')}`,
    })
  for (const [name, module] of given as [string, object][]) {
    if (!Object.hasOwn(files, name))
      throw unfit(name, 'no kernel has this name', Object.keys(files).join(', '))
    const exported = exportsOf(module)
    if (!exported?.includes(files[name as keyof typeof files]))
      throw unfit(name, exported ? 'it is the module of another file' : 'it is no module of WebAssembly')
  }
  for (const [name, module] of given as [string, object][]) useModule(name, module)
}

function unfit(name: string, found: string, names?: string): WordloomError {
  return new WordloomError('usage', {
    action: `use the kernel ${name}`,
    found,
    ...(names ? { expected: `one of ${names}` } : { cure: `import wordloom/kernels/${name}.wasm` }),
  })
}
