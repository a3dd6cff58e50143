"""Writes weighted.json beside itself: metrics of rows that count 0 to 4 times, by scikit-learn's
`sample_weight`; null where a metric is undefined.

    python weighted.py
"""

import json
import pathlib
import warnings

import numpy as np
from sklearn import metrics as m

from metrics import softmax, undefined_is_none


def calibration_error(correct, confidence, weights, bins=15):
    index = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    error = 0
    for i in range(bins):
        w = weights * (index == i)
        if w.sum():
            error += abs((w * correct).sum() - (w * confidence).sum())
    return float(error / weights.sum())


def evaluate(name, labels, p, weights):
    classes = list(range(p.shape[1]))
    predicted = p.argmax(axis=1)
    w = dict(sample_weight=weights)
    truth = np.array([labels == k for k in classes])
    binary = len(classes) == 2
    positives = [weights[truth[k]].sum() for k in classes]
    negatives = [weights[~truth[k]].sum() for k in classes]
    areas = [m.roc_auc_score(truth[k], p[:, k], **w) if positives[k] and negatives[k] else None
             for k in classes]
    precision = [m.average_precision_score(truth[k], p[:, k], **w) if positives[k] else None
                 for k in classes]
    shares = [positives[k] / weights.sum() for k in classes]
    rows = weights > 0  # what does not count is not there: scikit-learn warns by labels alone
    single = {k: dict(labels=[k], average="macro", sample_weight=weights[rows]) for k in classes}

    def of_class(function, k):
        return undefined_is_none(function, labels[rows], predicted[rows], **single[k])

    def of_all(function, **options):
        return undefined_is_none(function, labels[rows], predicted[rows],
                                 sample_weight=weights[rows], **options)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where a predicted class does not occur
        balanced = float(m.balanced_accuracy_score(labels, predicted, **w))
    is_constant = 1 in {len(set(labels[rows])), len(set(predicted[rows]))}
    return {
        "name": name, "classes": len(classes), "labels": labels.tolist(),
        "probabilities": p.ravel().tolist(), "weights": weights.tolist(),
        "summary": {
            "accuracy": m.accuracy_score(labels, predicted, **w),
            "macro_f1": of_all(m.f1_score, labels=classes, average="macro"),
            "balanced_accuracy": balanced,
            "cohen_kappa": of_all(m.cohen_kappa_score),
            "mcc": None if is_constant else m.matthews_corrcoef(labels, predicted, **w),
            "log_loss": m.log_loss(labels, p, labels=classes, **w),
            "brier": m.brier_score_loss(labels, p[:, 1], **w) if binary
                     else m.brier_score_loss(labels, p, labels=classes, **w),
            "auroc_macro": areas[1] if binary else None if None in areas else float(np.mean(areas)),
            "auroc_weighted": areas[1] if binary else None if None in areas
                              else float(np.dot(areas, shares)),
            "auprc_macro": None if None in precision else float(np.mean(precision)),
            "ece": calibration_error(predicted == labels, p.max(axis=1), weights),
        },
        "per_class": {
            "sensitivity": [of_class(m.recall_score, k) for k in classes],
            "ppv": [of_class(m.precision_score, k) for k in classes],
            "f1": [of_class(m.f1_score, k) for k in classes],
            "specificity": [float(weights[~truth[k] & (predicted != k)].sum() / negatives[k])
                            if negatives[k] else None for k in classes],
            "auroc": areas, "auprc": precision,
        },
    }


def main():
    rng = np.random.default_rng(11)
    cases = []
    for name, n, k, step in [("two classes", 70, 2, None), ("five classes", 200, 5, None),
                             ("ties", 120, 3, 8)]:
        labels = rng.choice(k, size=n)
        p = softmax(rng.normal(size=(n, k)) + 1.5 * np.eye(k)[labels])
        if step:
            p = np.floor(p * step) / step
            p[:, 0] += 1 - p.sum(axis=1)
        cases.append(evaluate(name, labels, p, rng.integers(0, 5, size=n)))
    for name, n, k, absent in [("an absent class", 90, 4, 2), ("an absent class of two", 40, 2, 1)]:
        labels = rng.choice([c for c in range(k) if c != absent], size=n)
        p = softmax(rng.normal(size=(n, k)) + np.eye(k)[labels])
        cases.append(evaluate(name, labels, p, rng.integers(0, 5, size=n)))
    for name, n, k, absent in [("a class of rows that do not count", 90, 4, 1),
                               ("one of two classes does not count", 40, 2, 0)]:
        labels = rng.choice(k, size=n)
        p = softmax(rng.normal(size=(n, k)) + np.eye(k)[labels])
        weights = rng.integers(0, 5, size=n)
        weights[labels == absent] = 0
        cases.append(evaluate(name, labels, p, weights))
    labels = rng.choice([0, 2, 3], size=60)
    p = softmax(rng.normal(size=(60, 4)) + np.eye(4)[labels])
    p[:, 1] = 0
    p = np.floor(p / p.sum(axis=1, keepdims=True) * 8) / 8
    p[:, 0] += 1 - p.sum(axis=1)
    cases.append(evaluate("a class neither occurs nor is predicted, with ties", labels, p,
                          rng.integers(0, 5, size=60)))
    path = pathlib.Path(__file__).with_name("weighted.json")
    path.write_text(json.dumps(cases, separators=(",", ":"), default=float) + "\n")


if __name__ == "__main__":
    main()
