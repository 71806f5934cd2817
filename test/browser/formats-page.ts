import { formatsEverywhere } from './formats-runs.js'

/** What the page in test/browser/formats.test.ts runs and sends to its server. */
const result = await formatsEverywhere('/build/test/browser/look-up.safetensors').catch(error => ({
  error: String(error?.stack ?? error),
}))
await fetch('/result', { method: 'POST', body: JSON.stringify(result) })
