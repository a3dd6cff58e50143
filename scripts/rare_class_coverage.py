"""How often intervals of a class hold their true value where few people have most of its beats.

Each simulated data set has 22 or 47 people with 40 beats of other classes each. Beats of the class are
shared out so that the effective number of people, (sum n)^2 / sum n^2 (Kish 1965), is a given m:

alike       m people have as many beats each, the others none
crumbs      as before, and every other person has one beat
one         one person has most beats, the others as many each
falling     the i-th person has a share in proportion to i^-a

People differ by normal effects, on beats of the class and on others. The statistic and the methods are
those of docs/statistics.md: people are drawn with replacement, by the same draws in every data set, draws
without the class are left out, and the ends lie at percentiles of the draws that are corrected for
bias and skewness (BCa) and expanded for the number of people: all of them, or those that count.

Run: python rare_class_coverage.py [data sets] (numpy and scipy).
"""

import sys

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri
from scipy.stats import t

DRAWS = 1000
BEATS = 40
RARE = 600
SHAPES = ("alike", "crumbs", "one", "falling")


def effective(beats):
    return beats.sum() ** 2 / (beats**2).sum()


def beats_of_class(shape, people, m):
    """Beats of the class that each person has, so that m people count."""
    ranks = np.arange(1, people + 1)
    if shape == "one":
        def shares(x):
            return np.where(ranks == 1, x, (1 - x) / (people - 1))
        x = brentq(lambda x: effective(shares(x)) - m, 1 / people, 1)
        return np.maximum(1, np.round(RARE * shares(x))).astype(int)
    if shape == "falling":
        def shares(a):
            return ranks**-a / (ranks**-a).sum()
        a = brentq(lambda a: effective(shares(a)) - m, 0, 9)
        return np.maximum(1, np.round(RARE * shares(a))).astype(int)
    return np.where(ranks <= m, RARE // m, 1 if shape == "crumbs" else 0)


def weights(people):
    rng = np.random.default_rng(2)
    return rng.multinomial(people, np.full(people, 1 / people), size=DRAWS).astype(float)


class Area:
    """The AUROC of the class from the pairs that each two people have in the right order."""

    def __init__(self, positive, negative):
        self.beats = np.array([len(p) for p in positive], dtype=float)
        above = np.concatenate(positive)[:, None] > np.concatenate(negative)
        pairs = above.reshape(len(above), len(negative), BEATS).sum(2)
        owners = np.repeat(np.arange(len(positive)), self.beats.astype(int))
        self.pairs = np.zeros((len(positive), len(negative)))
        np.add.at(self.pairs, owners, pairs)

    def __call__(self, w):
        with np.errstate(invalid="ignore", divide="ignore"):
            return ((w @ self.pairs) * w).sum(1) / ((w @ self.beats) * w.sum(1) * BEATS)


class Sensitivity:
    """The share of the class above a fixed limit."""

    def __init__(self, positive, limit):
        self.found = np.array([(p > limit).sum() for p in positive], dtype=float)
        self.beats = np.array([len(p) for p in positive], dtype=float)

    def __call__(self, w):
        with np.errstate(invalid="ignore", divide="ignore"):
            return (w @ self.found) / (w @ self.beats)


def influences(statistic, people):
    """What a statistic gains as each person gains weight."""
    step = 1e-3 * np.eye(people)
    return (statistic(1 + step) - statistic(1 - step)) / 2e-3


def ends(statistic, w, people, counts):
    """The ends of expanded BCa intervals, for each number of people that may count."""
    draws = statistic(w)
    draws = draws[~np.isnan(draws)]
    whole = statistic(np.ones((1, people)))[0]
    parts = influences(statistic, people)
    squares = (parts**2).sum()
    skewness = (parts**3).sum() / (6 * squares**1.5) if squares > 0 else 0
    below = (draws < whole).mean() + 0.5 * (draws == whole).mean()
    shares = []
    for count in counts:
        deviate = np.sqrt(count / (count - 1)) * t.ppf(0.975, count - 1)
        both = np.array([-deviate, deviate])
        if squares > 0 and 0 < below < 1:
            moved = ndtri(below) + both
            scale = 1 - skewness * moved
            both = np.where(scale > 0, ndtri(below) + moved / np.abs(scale), np.sign(moved) * np.inf)
        shares.append(ndtr(both))
    return np.quantile(draws, shares)


def people_of_class(rng, separation, beats):
    return [separation + rng.normal() + rng.normal(size=n) for n in beats]


def study(sets, shape, people, m, separation):
    """Coverage with all people and with the effective number, of AUROC and sensitivity of a class."""
    rng = np.random.default_rng(1)
    beats = beats_of_class(shape, people, m)
    counts = people, effective(beats)
    truths = ndtr(separation / 2), ndtr(separation / 2 / np.sqrt(2))
    w = weights(people)
    held = np.zeros((2, 2))
    for _ in range(sets):
        positive = people_of_class(rng, separation, beats)
        negative = [rng.normal() + rng.normal(size=BEATS) for _ in range(people)]
        statistics = Area(positive, negative), Sensitivity(positive, separation / 2)
        for place, (statistic, truth) in enumerate(zip(statistics, truths)):
            for method, (low, high) in enumerate(ends(statistic, w, people, counts)):
                held[place, method] += low <= truth <= high
    return truths, effective(beats), 100 * held / sets


def mean_study(sets, people, numbers, separation):
    """Coverage of the mean of the sensitivities of several classes, of which some are rare.

    With all people, and with those that count by their influences on the mean.
    """
    rng = np.random.default_rng(1)
    classes = [rng.permutation(beats_of_class("falling", people, m)) for m in numbers]
    truth = ndtr(separation / 2 / np.sqrt(2))
    w = weights(people)
    held = np.zeros(2)
    for _ in range(sets):
        parts = [
            Sensitivity(people_of_class(rng, separation, beats), separation / 2)
            for beats in classes
        ]

        def mean(w):
            return np.mean([part(w) for part in parts], 0)

        counts = people, np.clip(effective(influences(mean, people) ** 2), 5, people)
        for method, (low, high) in enumerate(ends(mean, w, people, counts)):
            held[method] += low <= truth <= high
    return 100 * held / sets


if __name__ == "__main__":
    sets = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    for people, numbers in (
        (47, (40, 4, 13, 2.3, 4)), (22, (20, 2, 6, 1.2, 2)), (47, (40,) * 5), (22, (20,) * 5)
    ):
        for separation in (4.0, 1.5):
            held = mean_study(sets, people, numbers, separation)
            print(f"mean over classes of {numbers} of {people} people, {separation}: {held}", flush=True)
    print("shape people effective | AUROC: true, all people, effective | sensitivity: likewise")
    for separation in (4.0, 1.5):
        for people in (47, 22):
            for m in (3, 4, 5, 6, 8, 10, 15):
                for shape in SHAPES:
                    truths, m_found, held = study(sets, shape, people, m, separation)
                    values = [
                        f"{truth:.3f} {by_all:5.1f} {by_effective:5.1f}"
                        for truth, (by_all, by_effective) in zip(truths, held)
                    ]
                    print(f"{shape:8} {people:2d} {m_found:5.2f} | {' | '.join(values)}", flush=True)
