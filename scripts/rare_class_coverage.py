"""How often intervals of the AUROC of a class hold its true value where few people have the class.

Each simulated data set has 22 or 47 people, of whom the first k have beats of the class. People differ
by normal effects, on beats of the class and on others. The statistic and the methods are those of
docs/statistics.md: people are drawn with replacement, draws without the class are left out, and the
ends lie at the expanded percentiles of the draws, corrected for bias and skewness (BCa) or not.

Run: python rare_class_coverage.py [data sets] (numpy and scipy).
"""

import sys

import numpy as np
from scipy.special import ndtr, ndtri
from scipy.stats import t

DRAWS = 2000
BEATS = 40
RARE = 30


def weights(rng, people):
    return rng.multinomial(people, np.full(people, 1 / people), size=DRAWS).astype(float)


def concordance(positive, negative):
    """Pairs in the right order, for each person with the class and each person's other beats."""
    negative = [np.sort(beats) for beats in negative]
    return np.array(
        [[np.searchsorted(n, p).sum() for n in negative] for p in positive], dtype=float
    )


def auroc(w, pairs, k):
    above = ((w[:, :k] @ pairs) * w).sum(1)
    below = (w[:, :k].sum(1) * RARE) * (w.sum(1) * BEATS)
    with np.errstate(invalid="ignore", divide="ignore"):
        return above / below


def influences(pairs, k, people):
    """What the AUROC gains as each person gains weight."""
    step = 1e-3
    more, less = 1 + step * np.eye(people), 1 - step * np.eye(people)
    return (auroc(more, pairs, k) - auroc(less, pairs, k)) / (2 * step)


def ends(draws, whole, pairs, k, people, corrected):
    deviate = np.sqrt(people / (people - 1)) * t.ppf(0.975, people - 1)
    shares = ndtr(-deviate), ndtr(deviate)
    if corrected:
        parts = influences(pairs, k, people)
        skewness = (parts**3).sum() / (6 * (parts**2).sum() ** 1.5)
        below = (draws < whole).mean() + 0.5 * (draws == whole).mean()
        if 0 < below < 1:
            bias = ndtri(below)
            moved = bias + np.array([-deviate, deviate])
            shares = ndtr(bias + moved / (1 - skewness * moved))
    return np.quantile(draws, shares)


def study(sets, people, k, separation, spread, seed):
    rng = np.random.default_rng(seed)
    truth = ndtr(separation / np.sqrt(2 + 2 * spread**2))
    held = {True: 0, False: 0}
    width = {True: [], False: []}
    missing = 0
    for _ in range(sets):
        positive = [separation + spread * rng.normal() + rng.normal(size=RARE) for _ in range(k)]
        negative = [spread * rng.normal() + rng.normal(size=BEATS) for _ in range(people)]
        pairs = concordance(positive, negative)
        w = weights(rng, people)
        draws = auroc(w, pairs, k)
        missing += np.isnan(draws).mean()
        draws = draws[~np.isnan(draws)]
        whole = auroc(np.ones((1, people)), pairs, k)[0]
        for corrected in held:
            low, high = ends(draws, whole, pairs, k, people, corrected)
            held[corrected] += low <= truth <= high
            width[corrected].append(high - low)
    return truth, missing / sets, [
        (held[c] / sets, np.median(width[c]), np.quantile(width[c], 0.95)) for c in (True, False)
    ]


if __name__ == "__main__":
    sets = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    print("people k truth undefined | BCa: coverage, median and 95 % width | expanded percentile")
    for people in (22, 47):
        for separation in (1.5, 4.0):
            for k in (3, 4, 5, 6, 8, 10, 15, people):
                truth, missing, (bca, plain) = study(sets, people, k, separation, 1.0, 1)
                print(
                    f"{people:3d} {k:3d} {truth:.3f} {missing:.3f} | "
                    f"{bca[0]:.3f} {bca[1]:.3f} {bca[2]:.3f} | "
                    f"{plain[0]:.3f} {plain[1]:.3f} {plain[2]:.3f}",
                    flush=True,
                )
