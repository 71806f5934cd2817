import type { ServerKind } from './served.js'

/** What people write who have gensim: most_similar and the mean of words, behind gunicorn. */
export const gensimService = `
import os, warnings
warnings.simplefilter('ignore')
import numpy
from flask import Flask, jsonify, request
from gensim.models import KeyedVectors
vectors = KeyedVectors.load_word2vec_format(os.environ['VECTORS'], binary=True)
vectors.fill_norms()
app = Flask(__name__)

@app.post('/v1/nearest')
def nearest():
    asked = request.get_json()
    found = vectors.most_similar(asked['word'], topn=asked.get('count', 10))
    return jsonify(neighbors=[{'word': word, 'similarity': float(value)} for word, value in found])

def embedding(text):
    rows = [vectors[word] for word in text.split() if word in vectors.key_to_index]
    mean = numpy.mean(rows, axis=0) if rows else numpy.zeros(vectors.vector_size)
    length = numpy.linalg.norm(mean)
    return (mean / length if length else mean).tolist()

@app.post('/v1/embeddings')
def embeddings():
    texts = request.get_json()['input']
    texts = [texts] if isinstance(texts, str) else texts
    data = [{'object': 'embedding', 'index': i, 'embedding': embedding(text)} for i, text in enumerate(texts)]
    return jsonify(object='list', data=data)
`

/** Two workers of eight threads each, which keep connections open. */
export function gensimServer(gunicorn: string, folder: string, vectors: string): ServerKind {
  return {
    name: 'gensim + Flask + gunicorn, 2 workers',
    environment: { VECTORS: vectors },
    command: (_, port) => [
      gunicorn,
      ...['--chdir', folder, '--bind', `127.0.0.1:${port}`, '--workers', '2', '--preload'],
      ...['--worker-class', 'gthread', '--threads', '8', '--keep-alive', '60', 'gensim_service:app'],
    ],
    embeddings: '/v1/embeddings',
    nearest: '/v1/nearest',
  }
}
