"""Writes intervals.json beside itself: intervals of a mean log loss by scipy.

    python intervals.py

The draws are scipy's own, so that ends agree only as far as draws do.
"""

import json
import pathlib

import numpy as np
from scipy import stats


def main():
    rng = np.random.default_rng(3)
    losses = rng.exponential(0.5, size=40)
    options = dict(n_resamples=200_000, rng=np.random.default_rng(1))
    result = {"losses": losses.tolist()}
    for name in ("percentile", "BCa"):
        interval = stats.bootstrap((losses,), np.mean, method=name, **options).confidence_interval
        result[name] = [float(interval.low), float(interval.high)]
    path = pathlib.Path(__file__).with_name("intervals.json")
    path.write_text(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
