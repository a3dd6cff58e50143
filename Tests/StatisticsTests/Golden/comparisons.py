"""Writes comparisons.json beside itself: tests of differences by scipy and statsmodels.

    python comparisons.py

DeLong's test is computed here by its definition, over all pairs; sign flips and rank sums with ties
by trying all ways.
"""

import itertools
import json
import pathlib

import numpy as np
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests


def placements(positives, negatives):
    pairs = positives[:, None] - negatives[None, :]
    won = (pairs > 0) + 0.5 * (pairs == 0)
    return won.mean(axis=1), won.mean(axis=0)


def delong(labels, first, second):
    """DeLong et al. 1988, equations 4 to 6."""
    v10, v01, areas = [], [], []
    for scores in (first, second):
        a, b = placements(scores[labels == 1], scores[labels == 0])
        v10.append(a)
        v01.append(b)
        areas.append(a.mean())
    s = np.cov(v10) / len(v10[0]) + np.cov(v01) / len(v01[0])
    variance = s[0, 0] + s[1, 1] - 2 * s[0, 1]
    difference = areas[0] - areas[1]
    p = 2 * stats.norm.sf(abs(difference) / np.sqrt(variance)) if variance > 0 else None
    return {"difference": difference, "error": float(np.sqrt(variance)), "p": p}


def sign_flips(differences):
    sums = [abs(np.dot(signs, differences))
            for signs in itertools.product([1, -1], repeat=len(differences))]
    return float(np.mean(np.array(sums) >= abs(sum(differences)) * (1 - 1e-12)))


def rank_sum(first, second):
    ranks = stats.rankdata(first + second)
    n, total = len(first), len(ranks)
    expected = n * (total + 1) / 2
    observed = abs(ranks[:n].sum() - expected)
    sums = [abs(ranks[list(chosen)].sum() - expected)
            for chosen in itertools.combinations(range(total), n)]
    return float(np.mean(np.array(sums) >= observed - 1e-9))


def main():
    rng = np.random.default_rng(5)
    result = {"mcnemar": [], "delong": [], "signs": [], "ranks": [], "holm": [], "normal": [],
              "normal_quantile": [], "student": [], "student_quantile": []}
    for b, c in [(0, 0), (0, 1), (3, 9), (12, 12), (24, 0), (25, 0), (13, 12), (40, 71),
                 (5, 300), (500, 480)]:
        table = [[10, b], [c, 10]]
        p = 1.0 if b + c == 0 else mcnemar(table, exact=b + c < 25, correction=True).pvalue
        result["mcnemar"].append({"first": b, "second": c, "p": float(p)})
    for n, decimals, skill in [(40, 12, 1.0), (200, 12, 0.2), (90, 1, 0.5), (60, 0, 0.5),
                               (500, 12, 2.5)]:
        labels = rng.integers(0, 2, size=n)
        shared = rng.normal(size=n) + labels
        first, second = [np.round(1 / (1 + np.exp(-shared - s * labels * rng.random(n)
                                                  - rng.normal(size=n) / 2)), decimals)
                         for s in (skill, 0.3)]
        result["delong"].append({"labels": labels.tolist(), "first": first.tolist(),
                                 "second": second.tolist(), **delong(labels, first, second)})
    for values in [[0.3], [1.0, 1.0, 1.0], [0.2, -0.1, 0.4, 0.0, 0.3],
                   rng.normal(0.4, 1, size=10).tolist(), rng.normal(0.2, 1, size=13).tolist()]:
        result["signs"].append({"values": values, "p": sign_flips(values)})
    for first, second in [([1, 2, 3], [4, 5, 6]), ([1.5, 2, 9, 7], [3, 4, 5, 6, 8]),
                          ([1, 2, 2, 5], [2, 3, 5, 5, 6]), ([4], [4]), ([0.9] * 5, [0.9] * 5),
                          (rng.normal(size=5).tolist(), rng.normal(1, 1, size=5).tolist())]:
        p = rank_sum(first, second)
        if len(set(first + second)) == len(first + second):
            exact = stats.mannwhitneyu(first, second, method="exact").pvalue
            assert abs(p - exact) < 1e-12
        u = stats.mannwhitneyu(first, second).statistic
        delta = 2 * u / (len(first) * len(second)) - 1
        result["ranks"].append({"first": first, "second": second, "p": p, "delta": float(delta)})
    for values in [[0.01], [0.01, 0.04, 0.03, 0.005], [0.5, 0.5, 0.01, 0.2, 0.9],
                   rng.random(14).tolist()]:
        result["holm"].append({"p": values, "adjusted": multipletests(
            values, method="holm")[1].tolist()})
    for z in [-37, -8.2, -3, -2.9, -2.8, -1.96, -0.3, 0, 0.7, 2.5, 6]:
        result["normal"].append([z, float(stats.norm.cdf(z))])
    for share in [1e-300, 1e-12, 0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 0.9999]:
        result["normal_quantile"].append([share, float(stats.norm.ppf(share))])
    for freedom in [1, 2, 3, 21, 46, 99, 1000]:
        for t in [-40, -2.5, -0.1, 0, 0.6, 1.7, 3.2]:
            result["student"].append([freedom, t, float(stats.t.cdf(t, freedom))])
        for share in [0.001, 0.025, 0.4, 0.975]:
            result["student_quantile"].append([freedom, share, float(stats.t.ppf(share, freedom))])
    path = pathlib.Path(__file__).with_name("comparisons.json")
    path.write_text(json.dumps(result, separators=(",", ":"), default=float) + "\n")


if __name__ == "__main__":
    main()
