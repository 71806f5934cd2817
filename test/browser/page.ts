import { onTwoThreads, refusals, sameEverywhere, stopped } from './runs.js'

/** What the page in test/browser/same-bytes.test.ts runs and sends to its server. */
async function report() {
  return {
    isolated: crossOriginIsolated,
    same: await sameEverywhere(),
    twoThreads: crossOriginIsolated ? await onTwoThreads() : undefined,
    stopped: await stopped(),
    refusals: await refusals(),
  }
}

const result = await report().catch(error => ({ error: String(error?.stack ?? error) }))
await fetch('/result', { method: 'POST', body: JSON.stringify(result) })
