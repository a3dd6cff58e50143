"""Writes metrics.json beside itself: cases for the metrics and curves, evaluated by scikit-learn.

    python metrics.py

A metric that scikit-learn gives only with a warning, or by a convention for 0/0, is null.
Expected calibration error and specificity, which scikit-learn does not have, are computed here.
"""

import json
import math
import pathlib
import warnings

import numpy as np
from sklearn import metrics as m


def undefined_is_none(function, *arguments, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            value = float(function(*arguments, **options))
        except (Warning, ValueError):
            return None
    return None if math.isnan(value) else value


def calibration(labels, probabilities, bins=15):
    """Guo et al. 2017: bins (i/15, (i + 1)/15] of the highest probability."""
    confidence = probabilities.max(axis=1)
    correct = probabilities.argmax(axis=1) == labels
    index = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    counts = [int((index == i).sum()) for i in range(bins)]
    error = sum(abs(correct[index == i].mean() - confidence[index == i].mean()) * counts[i]
                for i in range(bins) if counts[i]) / len(labels)
    return float(error), counts


def evaluate(name, labels, probabilities):
    labels, p = np.asarray(labels), np.asarray(probabilities, dtype=float)
    classes = list(range(p.shape[1]))
    predicted = p.argmax(axis=1)
    precision, recall, f1 = [], [], []
    for k in classes:
        options = dict(labels=[k], average="macro")
        precision.append(undefined_is_none(m.precision_score, labels, predicted, **options))
        recall.append(undefined_is_none(m.recall_score, labels, predicted, **options))
        f1.append(undefined_is_none(m.f1_score, labels, predicted, **options))
    truth = np.array([labels == k for k in classes])
    binary = len(classes) == 2
    kinds = {len(set(labels)), len(set(predicted))}
    ece, bins = calibration(labels, p)
    auroc = [undefined_is_none(m.roc_auc_score, truth[k], p[:, k])
             if 0 < truth[k].sum() < len(labels) else None for k in classes]
    auprc = [undefined_is_none(m.average_precision_score, truth[k], p[:, k])
             if truth[k].any() else None for k in classes]
    if binary:
        macro = weighted = auroc[1]
    else:
        options = dict(labels=classes, multi_class="ovr")
        macro = undefined_is_none(m.roc_auc_score, labels, p, average="macro", **options)
        weighted = undefined_is_none(m.roc_auc_score, labels, p, average="weighted", **options)
    if binary:
        brier = float(m.brier_score_loss(labels, p[:, 1], pos_label=1))
    else:
        brier = float(m.brier_score_loss(labels, p, labels=classes))
    specificity = [float((~truth[k] & (predicted != k)).sum() / (~truth[k]).sum())
                   if (~truth[k]).any() else None for k in classes]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where a predicted class does not occur
        balanced = float(m.balanced_accuracy_score(labels, predicted))
    summary = {
        "accuracy": float(m.accuracy_score(labels, predicted)),
        "macro_f1": undefined_is_none(m.f1_score, labels, predicted, labels=classes,
                                      average="macro"),
        "balanced_accuracy": balanced,
        "cohen_kappa": undefined_is_none(m.cohen_kappa_score, labels, predicted),
        # scikit-learn says 0 where one of the two has no variance.
        "mcc": None if 1 in kinds else float(m.matthews_corrcoef(labels, predicted)),
        "log_loss": float(m.log_loss(labels, p, labels=classes)),
        "brier": brier, "auroc_macro": macro, "auroc_weighted": weighted,
        "auprc_macro": None if None in auprc else float(np.mean(auprc)), "ece": ece,
    }
    curves = []
    for k in classes:
        if not 0 < truth[k].sum() < len(labels):
            curves.append(None)
            continue
        curve = {}
        for drop in (False, True):
            fpr, tpr, thresholds = m.roc_curve(truth[k], p[:, k], drop_intermediate=drop)
            pr = m.precision_recall_curve(truth[k], p[:, k], drop_intermediate=drop)
            suffix = "_dropped" if drop else ""
            curve["roc" + suffix] = [fpr.tolist(), tpr.tolist(), thresholds[1:].tolist()]
            curve["pr" + suffix] = [column.tolist() for column in pr]
        curves.append(curve)
    return {
        "name": name, "classes": len(classes), "labels": labels.tolist(),
        "probabilities": p.ravel().tolist(),
        "confusion": m.confusion_matrix(labels, predicted, labels=classes).ravel().tolist(),
        "summary": summary, "bins": bins, "curves": curves,
        "per_class": {"sensitivity": recall, "ppv": precision, "specificity": specificity,
                      "f1": f1, "auroc": auroc, "auprc": auprc},
    }


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def main():
    rng = np.random.default_rng(7)

    def case(n, k, skill, weights=None):
        labels = rng.choice(k, size=n, p=weights)
        return labels, softmax(rng.normal(size=(n, k)) + skill * np.eye(k)[labels])

    cases = []
    for name, arguments in {
        "five imbalanced classes": (300, 5, 2.5, [0.7, 0.08, 0.1, 0.05, 0.07]),
        "three classes": (60, 3, 1.0), "two classes": (80, 2, 1.0), "no skill": (50, 4, 0.0),
        "perfect": (30, 3, 50.0),
    }.items():
        cases.append(evaluate(name, *case(*arguments)))
    labels, p = case(120, 4, 1.5)
    tenths = np.floor(p * 8) / 8
    tenths[:, 0] += 1 - tenths.sum(axis=1)
    cases.append(evaluate("many ties", labels, tenths))
    labels, p = case(60, 2, 1.0)
    rounded = np.round(p[:, 1] * 4) / 4
    cases.append(evaluate("ties in two classes", labels, np.c_[1 - rounded, rounded]))
    cases.append(evaluate("constant scores", rng.choice(3, 40), np.tile([0.25, 0.5, 0.25], (40, 1))))
    cases.append(evaluate("equal scores", rng.choice(4, 40), np.full((40, 4), 0.25)))
    cases.append(evaluate("constant scores of two", rng.choice(2, 40), np.full((40, 2), 0.5)))
    labels, p = case(50, 4, 1.0, [0.5, 0, 0.3, 0.2])
    cases.append(evaluate("a class that does not occur", labels, p))
    p[:, 1] = 0
    cases.append(evaluate("a class neither occurs nor is predicted", labels,
                          p / p.sum(axis=1, keepdims=True)))
    cases.append(evaluate("one class only", np.zeros(10, int), softmax(rng.normal(size=(10, 2)))))
    cases.append(evaluate("one row, right", [1], [[0.2, 0.5, 0.3]]))
    cases.append(evaluate("one row, wrong", [0], [[0.2, 0.8]]))
    cases.append(evaluate("certain and wrong", [0, 1, 1, 0], [[0, 1], [1, 0], [0, 1], [1, 0]]))
    edges = np.arange(16) / 15
    cases.append(evaluate("edges of the bins", (np.arange(16) % 2), np.c_[1 - edges, edges]))
    path = pathlib.Path(__file__).with_name("metrics.json")
    path.write_text(json.dumps(cases, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
