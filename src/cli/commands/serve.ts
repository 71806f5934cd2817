import { endOrAbort } from '../../abort.js'
import { option, say, WordloomError } from '../../errors.js'
import { choice, integer, text, UNBOUNDED } from '../../options/index.js'
import { searchOptionTable } from '../../search/index.js'
import { type ServerOptions, Shelf } from '../../server/index.js'
import { Service } from '../../server/inner.js'
import { type TokenizerName, tokenizers } from '../../text/index.js'
import { sentenceOptionTable } from '../../vectors/index.js'
import { vectorsInput } from '../flags/inputs.js'
import { checkHost, listen } from '../serve/http-server.js'
import { keysOf } from '../serve/key-file.js'
import { lookedUp } from '../serve/looked-up.js'
import { Metrics } from '../serve/metrics.js'
import { documentFiles, type FilesToServe, modelsOf, namedFiles } from '../serve/models.js'
import { Reloading } from '../serve/reloading.js'
import { logKinds, RequestLog } from '../serve/request-log.js'
import { addressOf, tellEarly, tellStart } from '../serve/start.js'
import { interruptible } from '../terminal/interrupt.js'
import { reportFailure } from '../verb/failure.js'
import { type FlagsOf, under } from '../verb/flags.js'
import { type Told, verb } from '../verb/verb.js'

const HOST = '127.0.0.1'
const PORT = 4225
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i

const HOST_NAME = /^([\w.-]+|\[[\da-f:.]+\])$/i
const ORIGIN = /^(\*|https?:\/\/[^\s/?#@]+)$/

const flags = {
  port: integer(PORT, 0, 65_535, 'port to listen on; 0 is any'),
  host: { ...text(HOST, 'address to listen on; 0.0.0.0 is all of this machine'), placeholder: '<address>' },
  limit: integer(undefined, 1, UNBOUNDED, 'words of each file, the most frequent ones', {
    otherwise: 'all words',
  }),
  documents: {
    kind: 'texts',
    each: 'own flag',
    placeholder: '<file>',
    help: 'documents to search, one a line, as JSON or text; name=file for another model than the first; repeatable',
  },
  alias: {
    kind: 'texts',
    each: 'own flag',
    placeholder: '<other=name>',
    help: 'another name of a model, such as text-embedding-3-small=vectors; repeatable',
  },
  keepAlive: {
    kind: 'time',
    help: 'time that a connection waits for its next request; behind a proxy more than the proxy’s, such as 65s',
    otherwise: '5s',
  },
  log: choice('requests', logKinds, 'which requests have a line of JSON on standard output'),
  ...under('The vectors of texts:', {
    pooling: choice('mean', ['mean', 'directions', 'sif'], sentenceOptionTable.pooling.help),
    commonFrom: {
      kind: 'file',
      use: 'read',
      help: 'texts, one a line, from which sif takes what all texts share; without them it weighs words only',
    },
    tokenizer: choice(undefined, Object.keys(tokenizers) as TokenizerName[], 'how texts become words', {
      otherwise: 'words, or what tokenizer.json says beside static embeddings',
    }),
    empty: choice(
      'zeros',
      ['zeros', 'error'],
      'what a text without a known word gets: zeros, which are named, or an error',
    ),
    truncate: {
      kind: 'flag',
      default: false,
      help: 'the beginning alone of a text over 100,000 characters, which is refused without this',
    },
  }),
  ...under('The search:', searchOptionTable),
  ...under('Who may ask:', {
    key: {
      kind: 'file',
      use: 'read',
      help: 'file of keys, one a line, of which a request needs one; also WORDLOOM_API_KEY',
      refused: 'no key, though other machines can ask',
    },
    allowHost: {
      kind: 'texts',
      each: 'own flag',
      placeholder: '<name>',
      help: 'a host that requests may name besides localhost; repeatable',
    },
    cors: {
      kind: 'texts',
      each: 'own flag',
      placeholder: '<origin>',
      help: 'an origin whose pages may ask, such as https://example.org, or * for all; repeatable',
    },
  }),
} as const

type ServeFlags = FlagsOf<typeof flags> & Told

export const serve = verb({
  name: 'serve',
  summary: 'answer OpenAI’s embedding clients, and questions for neighbours, over HTTP',
  description:
    'Serves word vectors to any client of OpenAI’s embeddings or Cohere’s rerank, and to curl: vectors of texts, ' +
    'neighbours, analogies, similarities, completions; of classifiers, labels of texts. Only this machine can ask unless --host says otherwise. ' +
    'SIGHUP reads the files anew; Ctrl-C ends it once all that was begun is answered.',
  examples: [
    ['wordloom serve vectors.safetensors', 'at http://127.0.0.1:4225/v1'],
    ['wordloom serve en=en.vec de=de.vec', 'two models'],
    ['wordloom serve lid.176.ftz', 'a classifier, at /v1/classify'],
    ['wordloom serve v.bin --documents faq.jsonl', 'and documents to search'],
    ['wordloom serve v.bin --alias text-embedding-3-small=v', 'for clients with a fixed name'],
    ['wordloom serve v.bin --pooling sif --common-from faq.txt', 'rare words weigh more'],
    ['wordloom serve v.bin --host 0.0.0.0 --key keys.txt', 'for other machines'],
  ],
  inputs: {
    vectors: {
      many: true,
      help: `${vectorsInput.help}, or a classifier, with a name if it is not to be that of the file: name=file`,
    },
  },
  flags,
  async plan({ vectors }, flags) {
    const { host = HOST, key, commonFrom, pooling, alias = [], allowHost = [], cors = [] } = flags
    const files = namedFiles(vectors)
    const documents = documentFiles(flags.documents ?? [], files)
    const aliases = aliasesOf(alias)
    for (const name of allowHost)
      checkText('allowHost', name, HOST_NAME, 'the name of a host, without a port')
    for (const origin of cors)
      checkText('cors', origin, ORIGIN, 'an origin, such as https://example.org, or *')
    if (commonFrom !== undefined && pooling !== 'sif')
      throw new WordloomError('usage', {
        found: say`${option('commonFrom')} has no effect without ${option('pooling', 'sif')}`,
        cure: say`add ${option('pooling', 'sif')}`,
      })
    const opening = key === false ? [] : await keysOf(key)
    const isLocal = LOOPBACK.test(host)
    if (!isLocal && key !== false && opening.length === 0) {
      await checkHost(host)
      throw withoutKey(host)
    }
    const reads = [...files, ...documents].map(({ path }) => path)
    return { files, documents, aliases, keys: opening, isLocal, reads }
  },
  async run(_, flags, { plan }) {
    await interruptible(signal => served(flags, plan, signal))
    return undefined
  },
})

interface ServePlan extends FilesToServe {
  readonly aliases: Readonly<Record<string, string>>
  readonly keys: readonly string[]
  readonly isLocal: boolean
}

async function served(flags: ServeFlags, plan: ServePlan, signal: AbortSignal): Promise<void> {
  const { host = HOST, port = PORT, keepAlive = 5 } = flags
  const { aliases, keys } = plan
  const log = new RequestLog(flags.log ?? 'requests')
  let shelf: Shelf | undefined
  let reloading: Reloading | undefined
  const metrics = await Metrics.open(() => ({ working: service.working, waiting: shelf?.waiting ?? 0 }))
  const service = new Service(undefined, {
    ...rulesOf(flags, plan),
    routes: [metrics.route],
    onAnswer: event => {
      log.answered(event)
      metrics.answered(event)
    },
    onFailure: error => reportFailure(error),
    reload: () => reloading!.reload(),
  })
  const server = await listen(service, { host, port, keepAlive: 1_000 * keepAlive })
  const read = () => modelsOf(plan, flags)
  try {
    const early = await lookedUp(plan, flags)
    if ([...early.values()].some(rows => rows)) {
      service.lookUp(early, aliases, flags.tokenizer)
      tellEarly(addressOf(server.host, server.port), flags)
    }
    const models = await beforeAbort(read(), signal)
    shelf = new Shelf(models, { aliases, onScan: event => metrics.scanned(event) })
    await beforeAbort(shelf.ready(), signal)
    metrics.serves(models)
    reloading = new Reloading(shelf, read, log, models => metrics.reloaded(models))
    service.serve(shelf)
    tellStart(addressOf(server.host, server.port), models, { ...flags, hasKeys: keys.length > 0 })
    await untilAborted(signal, () => void reloading!.reload().catch(() => {}))
    shelf.close()
  } finally {
    await server.drain()
    log.flush()
  }
}

/** With a key a page whose site was bent to this machine can do nothing, so that any name of a public server will do. */
function rulesOf(
  { cors = [], allowHost = [], empty = 'zeros', truncate }: ServeFlags,
  { keys, isLocal }: ServePlan,
): ServerOptions {
  const isPublic = !isLocal && keys.length > 0 && allowHost.length === 0
  return {
    keys,
    empty,
    truncate: truncate === true,
    isLocal,
    allowHosts: isPublic ? 'any' : allowHost,
    cors: cors.includes('*') ? 'any' : cors,
  }
}

/** Throws `aborted` once the signal comes: what is read may take long, and nobody wants it any more. */
async function beforeAbort<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  await endOrAbort(work, signal)
  if (signal.aborted)
    throw new WordloomError('aborted', { found: 'the server was ended while it read its files' })
  return work
}

/** A terminal that is closed, or a service manager, asks for the files to be read anew. */
async function untilAborted(signal: AbortSignal, onHangUp: () => void): Promise<void> {
  process.on('SIGHUP', onHangUp)
  if (!signal.aborted) await new Promise(resolve => signal.addEventListener('abort', resolve))
  process.off('SIGHUP', onHangUp)
}

function checkText(name: string, text: string, pattern: RegExp, expected: string): void {
  if (!pattern.test(text))
    throw new WordloomError('usage', { found: say`${option(name)} is "${text}"`, expected })
}

function aliasesOf(given: readonly string[]): Record<string, string> {
  const pairs = given.map(text => {
    const [, alias, name] = /^([^=]+)=([^=]+)$/.exec(text) ?? []
    if (alias !== undefined && name !== undefined) return [alias, name] as const
    throw new WordloomError('usage', {
      found: say`${option('alias')} is "${text}"`,
      expected: 'two names with = between them',
    })
  })
  const twice = pairs.find(([alias], i) => pairs.findIndex(([other]) => other === alias) < i)
  if (twice)
    throw new WordloomError('usage', {
      found: say`${option('alias')} gives ${twice[0]} to two models`,
      expected: 'another name for each',
    })
  return Object.fromEntries(pairs)
}

function withoutKey(host: string): WordloomError {
  return new WordloomError('usage', {
    action: 'serve',
    found: `${host} can be reached from other machines, and there is no key`,
    cure: say`give a file of keys with ${option('key')}, set WORDLOOM_API_KEY, or add ${option('key', false)} if anybody may ask`,
  })
}
