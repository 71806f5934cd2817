"""Asks gensim the questions on standard input about a word2vec text file, and prints its answers as JSON.

    python3 gensim-answers.py small.vec < questions.json
"""

import json
import sys

import numpy as np
from gensim.models import KeyedVectors
from scipy.optimize import linprog
from scipy.spatial.distance import cdist

vectors = KeyedVectors.load_word2vec_format(sys.argv[1], binary=False)


def nearest(positive, negative=(), count=10, limit=None):
    return vectors.most_similar(list(positive), list(negative), topn=count, restrict_vocab=limit)


def multiplied(positive, negative=(), count=10):
    return vectors.most_similar_cosmul(list(positive), list(negative), topn=count)


def weighted(terms, count=10):
    return vectors.most_similar([tuple(term) for term in terms], topn=count)


def by_vector(numbers, count=10):
    return vectors.similar_by_vector(np.array(numbers, dtype=np.float32), topn=count)


def centrality(words):
    return [(word, float(score)) for score, word in vectors.rank_by_centrality(words)]


def word_movers(one, other):
    """gensim's own wmdistance where pyemd is installed, else the linear program that it stands for."""
    try:
        return vectors.wmdistance(one, other)
    except ImportError:
        pass
    a, b = sorted(set(one)), sorted(set(other))
    costs = cdist([vectors.get_vector(w, norm=True) for w in a], [vectors.get_vector(w, norm=True) for w in b])
    rows = [[1.0 if k // len(b) == i else 0.0 for k in range(costs.size)] for i in range(len(a))]
    columns = [[1.0 if k % len(b) == j else 0.0 for k in range(costs.size)] for j in range(len(b))]
    shares = [one.count(w) / len(one) for w in a] + [other.count(w) / len(other) for w in b]
    return linprog(costs.ravel(), A_eq=rows + columns, b_eq=shares, method="highs").fun


def analogies(path, **options):
    score, sections = vectors.evaluate_word_analogies(path, **options)
    return [score, [[s["section"], len(s["correct"]), len(s["incorrect"])] for s in sections]]


def pairs(path, delimiter, **options):
    pearson, spearman, unknown = vectors.evaluate_word_pairs(path, delimiter=delimiter, **options)
    return [float(pearson[0]), float(spearman[0]), unknown]


answers = {
    "nearest": nearest,
    "multiplied": multiplied,
    "weighted": weighted,
    "byVector": by_vector,
    "oddOneOut": vectors.doesnt_match,
    "similarity": vectors.similarity,
    "distance": vectors.distance,
    "rank": vectors.rank,
    "closerThan": vectors.closer_than,
    "nSimilarity": vectors.n_similarity,
    "meanVector": lambda *arguments: vectors.get_mean_vector(*arguments).tolist(),
    "wordMoversDistance": word_movers,
    "centrality": centrality,
    "analogies": analogies,
    "pairs": pairs,
}


def plain(value):
    return float(value) if isinstance(value, np.floating) else value


print(json.dumps([plain(answers[name](*arguments, **(options[0] if options else {}))) for name, arguments, *options in json.load(sys.stdin)]))
