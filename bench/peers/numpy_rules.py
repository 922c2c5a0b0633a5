"""Byzantine-robust rules on NumPy arrays, f(array of m vectors) -> vector, from their published definitions.

n is the number of vectors, f of those that may lie. float32 in, float32 out.
"""

from itertools import combinations

import numpy as np


try:
    from scipy.spatial.distance import cdist
except ImportError:
    cdist = None


def squared_distances(x):
    """All n x n squared distances: SciPy's, as ByzFL has them, or else through the products of all pairs, which is
    faster and loses digits where vectors are near each other."""
    if cdist is not None:
        return np.square(cdist(x, x))
    products = x @ x.T
    squares = np.diag(products)
    return np.maximum(squares[:, None] + squares[None, :] - 2 * products, 0)


def average(x):
    """The mean."""
    return x.mean(axis=0)


def coordinate_wise_median(x):
    """The median of each coordinate. Yin et al. 2018."""
    return np.median(x, axis=0)


def trimmed_mean(x, f):
    """The mean of each coordinate without its f largest and f smallest values. Yin et al. 2018."""
    return np.sort(x, axis=0)[f : len(x) - f].mean(axis=0)


def geometric_median(x, iterations=3, smoothing=0.1):
    """Smoothed Weiszfeld iterations from 0; distances below nu = 0.1 count as that. Pillutla et al. 2022."""
    z = np.zeros(x.shape[1], dtype=x.dtype)
    for _ in range(iterations):
        weights = 1 / np.maximum(np.linalg.norm(x - z, axis=1), smoothing)
        z = weights @ x / weights.sum()
    return z


def krum_scores(x, f):
    """For each vector the sum of squared distances to its n - f - 1 nearest others. Blanchard et al. 2017."""
    # The nearest of all is the vector itself, at distance 0.
    return np.sort(squared_distances(x), axis=1)[:, : len(x) - f].sum(axis=1)


def krum(x, f):
    """The vector with the least score."""
    return x[np.argmin(krum_scores(x, f))]


def multi_krum(x, f):
    """The mean of the n - f vectors with the least scores."""
    return x[np.argsort(krum_scores(x, f))[: len(x) - f]].mean(axis=0)


def meamed(x, f):
    """Per coordinate the mean of the n - f values nearest to the median. Xie, Koyejo & Gupta 2018."""
    nearest = np.argsort(np.abs(x - np.median(x, axis=0)), axis=0)[: len(x) - f]
    return np.take_along_axis(x, nearest, axis=0).mean(axis=0)


def nearest_neighbour_mixing(x, f):
    """Each vector becomes the mean of the n - f nearest to it, itself among them. Allouah et al. 2023."""
    nearest = np.argsort(squared_distances(x), axis=1)[:, : len(x) - f]
    mixed = np.empty_like(x)
    for i, neighbours in enumerate(nearest):
        mixed[i] = x[neighbours].mean(axis=0)
    return mixed


def centred_clipping(x, iterations=1, radius=100.0):
    """From v = 0, L = 1 time: v plus the mean of the differences to v, cut to length tau = 100. Karimireddy et al. 2021."""
    v = np.zeros(x.shape[1], dtype=x.dtype)
    for _ in range(iterations):
        differences = x - v
        factors = np.minimum(1, radius / np.linalg.norm(differences, axis=1))
        v = v + factors @ differences / np.float32(len(x))
    return v


def minimum_diameter_averaging(x, f):
    """The mean of the n - f vectors whose largest distance is least. El Mhamdi et al. 2018."""
    squared = squared_distances(x)
    subsets = combinations(range(len(x)), len(x) - f)
    best = min(subsets, key=lambda subset: squared[np.ix_(subset, subset)].max())
    return x[list(best)].mean(axis=0)


def minimum_eigenvalue_averaging(x, f):
    """The mean of the n - f vectors whose covariance has the least top eigenvalue (SMEA). Allouah et al. 2023."""

    def spread(subset):
        chosen = x[list(subset)]
        centred = chosen - chosen.mean(axis=0)
        # The eigenvalues of the d x d covariance other than 0 are those of the products of all pairs.
        return np.linalg.eigvalsh(centred @ centred.T)[-1]

    best = min(combinations(range(len(x)), len(x) - f), key=spread)
    return x[list(best)].mean(axis=0)


# By the word in a request: functions of the vectors and of f.
RULES = {
    "average": lambda x, f: average(x),
    "median": lambda x, f: coordinate_wise_median(x),
    "trimmed-mean": trimmed_mean,
    "geometric-median": lambda x, f: geometric_median(x),
    "krum": krum,
    "multi-krum": multi_krum,
    "meamed": meamed,
    "nnm": nearest_neighbour_mixing,
    "centred-clipping": lambda x, f: centred_clipping(x),
    "mda": minimum_diameter_averaging,
    "smea": minimum_eigenvalue_averaging,
}
