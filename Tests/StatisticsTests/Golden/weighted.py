"""Writes weighted.json beside itself: metrics of rows that count 0 to 4 times, by scikit-learn's
`sample_weight`.

    python weighted.py
"""

import json
import pathlib

import numpy as np
from sklearn import metrics as m

from metrics import softmax


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
    areas = [m.roc_auc_score(truth[k], p[:, k], **w) for k in classes]
    precision = [m.average_precision_score(truth[k], p[:, k], **w) for k in classes]
    shares = [weights[labels == k].sum() / weights.sum() for k in classes]
    table = m.precision_recall_fscore_support(labels, predicted, labels=classes, **w)
    negatives = [weights[~truth[k]].sum() for k in classes]
    return {
        "name": name, "classes": len(classes), "labels": labels.tolist(),
        "probabilities": p.ravel().tolist(), "weights": weights.tolist(),
        "summary": {
            "accuracy": m.accuracy_score(labels, predicted, **w),
            "macro_f1": m.f1_score(labels, predicted, labels=classes, average="macro", **w),
            "balanced_accuracy": m.balanced_accuracy_score(labels, predicted, **w),
            "cohen_kappa": m.cohen_kappa_score(labels, predicted, **w),
            "mcc": m.matthews_corrcoef(labels, predicted, **w),
            "log_loss": m.log_loss(labels, p, labels=classes, **w),
            "brier": m.brier_score_loss(labels, p[:, 1], **w) if binary
                     else m.brier_score_loss(labels, p, labels=classes, **w),
            "auroc_macro": areas[1] if binary else float(np.mean(areas)),
            "auroc_weighted": areas[1] if binary else float(np.dot(areas, shares)),
            "auprc_macro": float(np.mean(precision)),
            "ece": calibration_error(predicted == labels, p.max(axis=1), weights),
        },
        "per_class": {
            "sensitivity": table[1].tolist(), "ppv": table[0].tolist(), "f1": table[2].tolist(),
            "specificity": [float(weights[~truth[k] & (predicted != k)].sum() / negatives[k])
                            for k in classes],
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
    path = pathlib.Path(__file__).with_name("weighted.json")
    path.write_text(json.dumps(cases, separators=(",", ":"), default=float) + "\n")


if __name__ == "__main__":
    main()
