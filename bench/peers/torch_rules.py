"""Byzantine-robust rules on PyTorch tensors, as users write them, from their published definitions.

The unweighted ones are f(tensor of n vectors, f) -> vector, f of which may lie; the weighted ones take the vectors'
weights instead of f. float32 in, float32 out.
"""

from itertools import combinations

import torch


def average(x):
    """The mean."""
    return x.mean(dim=0)


def coordinate_wise_median(x):
    """The median of each coordinate as torch.median has it: of two middle values the lower. Yin et al. 2018."""
    return x.median(dim=0).values


def trimmed_mean(x, f):
    """The mean of each coordinate without its f largest and f smallest values. Yin et al. 2018."""
    return x.sort(dim=0).values[f : len(x) - f].mean(dim=0)


def geometric_median(x, iterations=3, smoothing=0.1):
    """Smoothed Weiszfeld iterations from 0; distances below nu = 0.1 count as that. Pillutla et al. 2022."""
    return weighted_rfa(x, x.new_ones(len(x)), iterations, smoothing)


def distances(x):
    """All n x n distances; here torch.pdist is several times as fast as torch.cdist."""
    square = x.new_zeros(len(x), len(x))
    first, second = torch.triu_indices(len(x), len(x), offset=1)
    square[first, second] = torch.pdist(x)
    return square + square.T


def krum_scores(x, f):
    """For each vector the sum of squared distances to its n - f - 1 nearest others. Blanchard et al. 2017."""
    # The nearest of all is the vector itself, at distance 0.
    return distances(x).square().sort(dim=1).values[:, : len(x) - f].sum(dim=1)


def krum(x, f):
    """The vector with the least score."""
    return x[krum_scores(x, f).argmin()]


def multi_krum(x, f):
    """The mean of the n - f vectors with the least scores."""
    return x[krum_scores(x, f).argsort()[: len(x) - f]].mean(dim=0)


def meamed(x, f):
    """Per coordinate the mean of the n - f values nearest to the median. Xie, Koyejo & Gupta 2018."""
    nearest = (x - coordinate_wise_median(x)).abs().argsort(dim=0)[: len(x) - f]
    return x.gather(0, nearest).mean(dim=0)


def nearest_neighbour_mixing(x, f):
    """Each vector becomes the mean of the n - f nearest to it, itself among them. Allouah et al. 2023."""
    nearest = distances(x).argsort(dim=1)[:, : len(x) - f]
    mixed = torch.empty_like(x)
    for i, neighbours in enumerate(nearest):
        mixed[i] = x[neighbours].mean(dim=0)
    return mixed


def centred_clipping(x, iterations=1, radius=100.0):
    """From v = 0, L = 1 time: v plus the mean of the differences to v, cut to length tau = 100. Karimireddy et al. 2021."""
    v = x.new_zeros(x.shape[1])
    for _ in range(iterations):
        differences = x - v
        factors = (radius / differences.norm(dim=1)).clamp(max=1)
        v = v + factors @ differences / len(x)
    return v


def minimum_diameter_averaging(x, f):
    """The mean of the n - f vectors whose largest distance is least. El Mhamdi et al. 2018."""
    between = distances(x)
    best, least = None, float("inf")
    for subset in combinations(range(len(x)), len(x) - f):
        chosen = torch.tensor(subset)
        diameter = between[chosen[:, None], chosen].max().item()
        if diameter < least:
            best, least = chosen, diameter
    return x[best].mean(dim=0)


def minimum_eigenvalue_averaging(x, f):
    """The mean of the n - f vectors whose covariance has the least top eigenvalue (SMEA). Allouah et al. 2023."""
    best, least = None, float("inf")
    for subset in combinations(range(len(x)), len(x) - f):
        chosen = x[list(subset)]
        centred = chosen - chosen.mean(dim=0)
        # The eigenvalues of the d x d covariance other than 0 are those of the products of all pairs.
        spread = torch.linalg.eigvalsh(centred @ centred.T)[-1].item()
        if spread < least:
            best, least = chosen, spread
    return best.mean(dim=0)


def stacked(x):
    """The matrix that a rule works on, made of one tensor for each worker: an asynchronous server receives them singly."""
    return torch.stack(x.unbind())


def weighted_rfa(x, weights, iterations=3, smoothing=1e-6):
    """Weighted Weiszfeld steps from 0. Pillutla et al. 2022; weighted: Dahan & Levy 2024."""
    z = x.new_zeros(x.shape[1])
    for _ in range(iterations):
        shares = weights / (x - z).norm(dim=1).clamp(min=smoothing)
        z = shares @ x / shares.sum()
    return z


def weighted_median(x, weights):
    """Per coordinate the least value with half of the weight at or below it, by argsort. Dahan & Levy 2024."""
    order = x.argsort(dim=0)
    below = weights[order].cumsum(dim=0)
    place = (below < weights.sum() / 2).sum(dim=0, keepdim=True)
    return x.gather(0, order.gather(0, place)).squeeze(0)


# By the word in a request: functions of the vectors, f and the weights.
RULES = {
    "average": lambda x, f, weights: average(x),
    "median": lambda x, f, weights: coordinate_wise_median(x),
    "trimmed-mean": lambda x, f, weights: trimmed_mean(x, f),
    "geometric-median": lambda x, f, weights: geometric_median(x),
    "krum": lambda x, f, weights: krum(x, f),
    "multi-krum": lambda x, f, weights: multi_krum(x, f),
    "meamed": lambda x, f, weights: meamed(x, f),
    "nnm": lambda x, f, weights: nearest_neighbour_mixing(x, f),
    "centred-clipping": lambda x, f, weights: centred_clipping(x),
    "mda": lambda x, f, weights: minimum_diameter_averaging(x, f),
    "smea": lambda x, f, weights: minimum_eigenvalue_averaging(x, f),
    "w-rfa": lambda x, f, weights: weighted_rfa(stacked(x), weights),
    "w-cwmed": lambda x, f, weights: weighted_median(stacked(x), weights),
}
