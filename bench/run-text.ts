/** Reads one text as training does: words counted, the text as their ids. Arguments: the text, and threads. */
import { encodeCorpus } from 'wordloom/text'

const [corpus, threads] = process.argv.slice(2)
const { ids, facts } = await encodeCorpus(corpus!, { tokenizer: 'whitespace', threads: Number(threads) })
process.stdout.write(JSON.stringify({ bytes: facts.bytes, ids: ids.length }))
ids.close()
