"""Writes trainings.json beside itself: the comparison of recipes with several trainings each, by its
definition, with the distributions of scipy.

    python trainings.py

Accuracy of models on subjects with different numbers of rows. The covariance of two models is that of
a mean over subjects that are drawn with all of their rows (ratio estimate).
"""

import json
import pathlib

import numpy as np
from scipy import stats


def compare(first, second, subjects):
    """`first`, `second`: whether each model is right, [models, rows]."""
    units = sorted(set(subjects))
    shares = np.array([(subjects == unit).mean() for unit in units])

    def describe(models):
        scores = models.mean(axis=1)
        parts = np.array([[model[subjects == unit].sum() for unit in units] for model in models])
        return scores, parts / models.shape[1] - np.outer(scores, shares)

    (a, ra), (b, rb) = describe(first), describe(second)
    count = len(units)
    covariance = np.vstack([ra, rb]) @ np.vstack([ra, rb]).T * count / (count - 1)
    n, m = len(a), len(b)
    within_a = covariance[:n, :n][np.triu_indices(n, 1)].mean()
    within_b = covariance[n:, n:][np.triu_indices(m, 1)].mean()
    between = max(0.0, within_a + within_b - 2 * covariance[:n, n:].mean())
    va, vb = a.var(ddof=1) / n, b.var(ddof=1) / m
    variance = va + vb + between
    freedom = variance ** 2 / (va ** 2 / (n - 1) + vb ** 2 / (m - 1) + between ** 2 / (count - 1))
    difference = a.mean() - b.mean()
    error = np.sqrt(variance)
    reach = stats.t.ppf(0.975, freedom) * error
    return {"difference": difference, "error": error, "freedom": freedom,
            "p": 2 * stats.t.sf(abs(difference) / error, freedom),
            "low": difference - reach, "high": difference + reach}


def main():
    rng = np.random.default_rng(11)
    result = {"comparisons": [], "student": []}
    for n, m, subject_count, gain in [(3, 3, 22, 0.0), (3, 3, 47, 0.3), (5, 3, 10, -0.4), (2, 2, 4, 0)]:
        sizes = rng.integers(3, 12, subject_count)
        subjects = np.repeat(np.arange(subject_count), sizes)
        skill = rng.normal(1, 0.5, subject_count)
        # What a recipe has in common with each subject, and a model on its own.
        recipe = rng.normal(0, 0.3, (2, subject_count))
        models = [skill + recipe[0] + rng.normal(gain, 0.2) for _ in range(n)]
        models += [skill + recipe[1] + rng.normal(0, 0.2) for _ in range(m)]
        right = np.array([(z[subjects] + rng.normal(size=len(subjects)) > 0) for z in models])
        entry = compare(right[:n].astype(float), right[n:].astype(float), subjects)
        entry["subjects"] = subjects.tolist()
        entry["first"] = right[:n].astype(int).tolist()
        entry["second"] = right[n:].astype(int).tolist()
        result["comparisons"].append(entry)
    for freedom in [0.5, 2.3, 3.7, 12.25, 88.8, 900.5]:
        for t in [-40, -2.5, -0.1, 0, 0.6, 3.2]:
            result["student"].append([freedom, t, float(stats.t.cdf(t, freedom))])
    path = pathlib.Path(__file__).with_name("trainings.json")
    path.write_text(json.dumps(result, separators=(",", ":"), default=float) + "\n")


if __name__ == "__main__":
    main()
