"""EC57 measures, beat by beat, of random predictions in records; kappa and F1 from scikit-learn.

Writes ec57.json: python3 ec57.py
"""

import json
import pathlib

import numpy as np
from sklearn.metrics import cohen_kappa_score, f1_score, recall_score

CLASSES = "NSVFQ"
# Read as the class, these are no false positives (ANSI/AAMI EC57).
EXEMPT = {"V": "FQ", "S": "Q"}


def measures(labels, predicted, symbol):
    tp = fn = fp = tn = 0
    for truth, answer in zip(labels, predicted):
        if truth == symbol:
            tp += answer == symbol
            fn += answer != symbol
        elif answer == symbol:
            fp += truth not in EXEMPT.get(symbol, "")
        else:
            tn += 1

    def quotient(a, b):
        return a / b if b else None

    return {"sensitivity": quotient(tp, tp + fn), "positivePredictivity": quotient(tp, tp + fp),
            "falsePositiveRate": quotient(fp, tn + fp)}


def main():
    random = np.random.default_rng(57)
    shares = {"100": [90, 4, 6, 0, 0], "232": [20, 75, 5, 0, 0], "208": [60, 1, 25, 14, 0],
              "105": [95, 0, 3, 0, 2]}
    labels, predicted, records = [], [], []
    for record, share in shares.items():
        truth = random.choice(5, size=150, p=np.array(share) / 100)
        answer = np.where(random.random(150) < .7, truth, random.choice(5, size=150))
        labels += truth.tolist()
        predicted += answer.tolist()
        records += [record] * 150
    symbols = [CLASSES[i] for i in labels]
    answers = [CLASSES[i] for i in predicted]
    gross = {c: measures(symbols, answers, c) for c in CLASSES}
    average = {}
    for c in CLASSES:
        each = [measures([s for s, r in zip(symbols, records) if r == name],
                         [a for a, r in zip(answers, records) if r == name], c)
                for name in shares]
        average[c] = {
            key: {"value": float(np.mean(values)) if values else None, "count": len(values)}
            for key in each[0] for values in [[e[key] for e in each if e[key] is not None]]}
    four = [0, 1, 2, 3]
    kappa = cohen_kappa_score(labels, predicted)
    j = sum(gross[c][key] for c in "SV" for key in ("sensitivity", "positivePredictivity"))
    kept = [i for i, record in enumerate(records) if record != "232"]
    golden = {
        "labels": labels, "predicted": predicted, "records": records, "gross": gross,
        "average": average, "jKappa": kappa / 2 + j / 8,
        "macroF1": f1_score(labels, predicted, labels=four, average="macro"),
        "meanSensitivity": recall_score(labels, predicted, labels=four, average="macro"),
        "supraventricularF1Without232": f1_score(
            [labels[i] for i in kept], [predicted[i] for i in kept], labels=[1], average="macro"),
    }
    pathlib.Path(__file__).with_name("ec57.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
