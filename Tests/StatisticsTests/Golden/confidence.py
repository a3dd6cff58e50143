"""Writes confidence.json beside itself: temperatures by scipy, selective accuracies by definition.

    python confidence.py

Log losses are scikit-learn's. Where rows of equal confidence meet the border, as large a share of
them counts as is kept, which is the mean over all their orders.
"""

import json
import pathlib

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import softmax
from sklearn.metrics import log_loss


def scaled(probabilities, temperature):
    return softmax(np.log(probabilities) / temperature, axis=1)


def fitted(labels, probabilities):
    classes = np.arange(probabilities.shape[1])
    result = minimize_scalar(
        lambda t: log_loss(labels, scaled(probabilities, np.exp(t)), labels=classes),
        bracket=(-0.5, 0.5), method="brent", options={"xtol": 1e-12})
    return float(np.exp(result.x))


def selective(labels, probabilities, share):
    """Expected accuracy of the surest rows over all orders of ties."""
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    kept = max(1.0, share * len(labels))
    total, hits = 0.0, 0.0
    for value in sorted(set(confidence), reverse=True):
        group = confidence == value
        part = min(1.0, (kept - total) / group.sum())
        if part <= 0:
            break
        hits += part * right[group].sum()
        total += part * group.sum()
    return hits / kept


def main():
    rng = np.random.default_rng(8)
    cases = []
    for rows, classes, sharpness in [(400, 5, 3.0), (250, 2, 0.6), (60, 3, 1.0), (300, 5, 8.0)]:
        labels = rng.integers(classes, size=rows)
        logits = rng.normal(size=(rows, classes))
        logits[np.arange(rows), labels] += 1.5
        # Sixteenths, so that confidences have ties; never 0.
        raw = softmax(logits * sharpness, axis=1)
        probabilities = (np.round(raw * 16) + 1) / (np.round(raw * 16) + 1).sum(axis=1)[:, None]
        temperature = fitted(labels, probabilities)
        shares = [0.001, 0.1, 0.37, 0.5, 0.9, 0.99, 1.0]
        cases.append({
            "classes": classes, "labels": labels.tolist(),
            "probabilities": probabilities.ravel().tolist(), "temperature": temperature,
            "scaled": scaled(probabilities, temperature).ravel().tolist(),
            "shares": shares,
            "accuracies": [selective(labels, probabilities, share) for share in shares],
            "meanError": float(np.mean([1 - selective(labels, probabilities, k / rows)
                                        for k in range(1, rows + 1)])),
        })
    path = pathlib.Path(__file__).with_name("confidence.json")
    path.write_text(json.dumps(cases) + "\n")


if __name__ == "__main__":
    main()
