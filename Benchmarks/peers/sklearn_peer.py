"""Times scikit-learn's metrics on the scores of 21,892 rows and 5 classes; see
compare_statistics.py.

    python sklearn_peer.py write|auroc FILE
    python sklearn_peer.py metrics
"""

import json
import sys
import time

import numpy as np
from sklearn import metrics as m

COUNTS = [18118, 556, 1448, 162, 1608]


def scores():
    rng = np.random.default_rng(1)
    labels = np.repeat(np.arange(5), COUNTS)
    rng.shuffle(labels)
    z = np.exp(rng.normal(size=(len(labels), 5)) + 3 * np.eye(5)[labels])
    return labels, z / z.sum(axis=1, keepdims=True)


def read(path):
    rows = sum(COUNTS)
    with open(path, "rb") as file:
        labels = np.frombuffer(file.read(8 * rows), dtype="<i8")
        return labels, np.frombuffer(file.read(), dtype="<f8").reshape(rows, 5)


def every_metric(labels, p):
    predicted = p.argmax(axis=1)
    truth = np.eye(5)[labels]
    m.accuracy_score(labels, predicted)
    m.precision_recall_fscore_support(labels, predicted, labels=range(5))
    m.balanced_accuracy_score(labels, predicted)
    m.cohen_kappa_score(labels, predicted)
    m.matthews_corrcoef(labels, predicted)
    m.log_loss(labels, p, labels=range(5))
    m.brier_score_loss(labels, p, labels=range(5))
    m.roc_auc_score(truth, p, average=None)
    m.average_precision_score(truth, p, average=None)


def timed(body, times=7):
    results = []
    for _ in range(times):
        start = time.process_time()
        value = body()
        results.append(1e3 * (time.process_time() - start))
    return {"program": "scikit-learn", "cpu": sorted(results)[times // 2], "value": value}


if sys.argv[1] == "write":
    labels, p = scores()
    with open(sys.argv[2], "wb") as file:
        file.write(labels.astype("<i8").tobytes() + p.astype("<f8").tobytes())
    print(json.dumps({}))
elif sys.argv[1] == "auroc":
    labels, p = read(sys.argv[2])
    print(json.dumps(timed(lambda: float(m.roc_auc_score(labels, p, multi_class="ovr")))))
else:
    labels, p = scores()
    rows = np.random.default_rng(2).integers(0, len(labels), len(labels))
    print(json.dumps(timed(lambda: every_metric(labels[rows], p[rows]))))
