import { classifiersInPage } from './classifier-runs.js'

/** What the page in test/browser/classifiers.test.ts runs and sends to its server. */
const result = await classifiersInPage().catch(error => ({ error: String(error?.stack ?? error) }))
await fetch('/result', { method: 'POST', body: JSON.stringify(result) })
