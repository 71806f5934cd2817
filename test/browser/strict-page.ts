import { answersOf } from '../kernels/answers.js'

/** What the page in test/browser/strict-policy.test.ts runs and sends to its server. */
await fetch('/result', { method: 'POST', body: JSON.stringify(await answersOf({})) })
