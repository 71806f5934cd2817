import { wrongDoors } from './kernels-runs.js'

// The page stands before its engine is busy.
await new Promise(resolve => setTimeout(resolve))

/** What the page in test/browser/kernels.test.ts runs and sends to its server. */
const result = await wrongDoors().catch(error => [String(error?.stack ?? error)])
await fetch('/result', { method: 'POST', body: JSON.stringify(result) })
