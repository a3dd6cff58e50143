"""Draws ROC curves, precision-recall curves and confusion matrices of all models of a task with
scikit-learn and matplotlib into PDF files; see compare_figures.py.

    python matplotlib_peer.py FOLDER PREDICTIONS.npz…

A file holds `label` and, for each class, log odds times 1024, as cells of a run do. With --draws N
the curves have bands from so many bootstrap draws of rows, as the program's have.
"""

import argparse
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from sklearn.metrics import (average_precision_score, confusion_matrix, precision_recall_curve,
                             roc_auc_score, roc_curve)

GRID = np.linspace(0, 1, 101)


def read(path):
    with np.load(path) as file:
        labels = file["label"].astype(int)
        odds = np.stack([file[f"odds{k}"] for k in range(len(file.files) - 1)], axis=1)
    p = 1 / (1 + np.exp(-odds / 1024))
    return labels, p / p.sum(axis=1, keepdims=True)


def roc(truth, score):
    x, y, _ = roc_curve(truth, score)
    return x, y


def precision_recall(truth, score):
    precision, recall, _ = precision_recall_curve(truth, score)
    return recall[::-1], precision[::-1]


def curves(name, curve, area, models, folder, draws):
    classes = models[0][1].shape[1]
    figure, axes = plt.subplots(2, 3, figsize=(10, 7))
    rng = np.random.default_rng(1)
    for index, axis in zip(range(classes), axes.flat):
        for number, (labels, p) in enumerate(models):
            truth = labels == index
            x, y = curve(truth, p[:, index])
            axis.plot(x, y, lw=1, label=f"{number} ({area(truth, p[:, index]):.4f})")
            if draws:
                band = []
                for _ in range(draws):
                    rows = rng.integers(0, len(labels), len(labels))
                    band.append(np.interp(GRID, *curve(truth[rows], p[rows, index])))
                axis.fill_between(GRID, *np.quantile(band, [0.025, 0.975], axis=0), alpha=0.2)
        axis.set_title(f"class {index}")
        axis.legend(fontsize=5)
    save(figure, folder / name)


def confusions(models, folder):
    columns = 4
    rows = -(-len(models) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(10, 2.5 * rows), squeeze=False)
    for axis, (labels, p) in zip(axes.flat, models):
        counts = confusion_matrix(labels, p.argmax(axis=1))
        axis.imshow(counts / counts.sum(axis=1, keepdims=True), cmap="Blues", vmin=0, vmax=1)
        for (row, column), count in np.ndenumerate(counts):
            axis.text(column, row, str(count), ha="center", va="center", fontsize=6)
    save(figure, folder / "confusion")


def save(figure, path):
    figure.tight_layout()
    figure.savefig(f"{path}.pdf")
    plt.close(figure)


parser = argparse.ArgumentParser()
parser.add_argument("folder", type=Path)
parser.add_argument("files", nargs="+")
parser.add_argument("--draws", type=int, default=0)
options = parser.parse_args()
models = [read(path) for path in options.files]
curves("roc", roc, roc_auc_score, models, options.folder, options.draws)
curves("precision-recall", precision_recall, average_precision_score, models, options.folder,
       options.draws)
confusions(models, options.folder)
