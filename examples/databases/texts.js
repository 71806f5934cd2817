// What both examples keep and ask, and the client that asks a server for its vectors.
import OpenAI from 'openai'

export const texts = [
  'A promise is rejected when its function throws an error.',
  'Await pauses a function until the promise is settled.',
  'An array has methods that sort, filter and map its elements.',
  'A file is read as a stream, so that it need not fit into memory.',
  'The server closes the connection when a request takes too long.',
  'A regular expression matches patterns in a string.',
  'A style sheet sets the color, border and width of an element.',
  'A worker thread runs a script beside the main thread.',
  'The socket sends bytes over the network to another host.',
  'A module exports names, and another module imports them.',
  'A date is formatted by the language and the time zone.',
  'A certificate proves to the client who the server is.',
]

export const questions = ['catch a failed async call', 'the width and color of a box', 'work in parallel']

/** Any client of OpenAI's does; `npx wordloom serve demo.safetensors --pooling sif` says at which address it listens. */
const client = new OpenAI({
  baseURL: process.env.OPENAI_BASE_URL ?? 'http://127.0.0.1:4225/v1',
  apiKey: process.env.OPENAI_API_KEY ?? 'none',
})

export async function embed(input) {
  const [model] = (await client.models.list()).data
  const { data } = await client.embeddings.create({ model: model.id, input })
  return data.map(({ embedding }) => embedding)
}
