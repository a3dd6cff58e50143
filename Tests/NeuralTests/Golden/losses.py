# Losses and their gradients, from PyTorch's autograd in float64: python losses.py
import json
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(5)
CLASSES, ROWS, OUTPUTS, INPUTS = 5, 4, 12, 10
LABELS = [0, 3, 4, 3]


def wanted(labels, classes, smoothing):
    return F.one_hot(labels, classes) * (1 - smoothing) + smoothing / classes


def softmax_case(gamma, smoothing, weights):
    logits = (3 * torch.randn(ROWS, CLASSES)).requires_grad_()
    labels = torch.tensor(LABELS)
    log_p = F.log_softmax(logits, 1)
    if gamma == 0:
        rows = F.cross_entropy(logits, labels, label_smoothing=smoothing, reduction="none")
    else:
        rows = -(wanted(labels, CLASSES, smoothing) * (1 - log_p.exp()) ** gamma * log_p).sum(1)
    return finish("softmax", logits, labels, rows, gamma, smoothing, weights)


def sigmoid_case(gamma, smoothing, weights):
    logits = (3 * torch.randn(ROWS, 1)).requires_grad_()
    labels = torch.tensor(LABELS) % 2
    y, z = wanted(labels, 2, smoothing)[:, 1], logits[:, 0]
    if gamma == 0:
        rows = F.binary_cross_entropy_with_logits(z, y, reduction="none")
    else:
        p = torch.sigmoid(z)
        rows = -(y * (1 - p) ** gamma * F.logsigmoid(z)
                 + (1 - y) * p ** gamma * F.logsigmoid(-z))
    return finish("sigmoid", logits, labels, rows, gamma, smoothing, weights)


def finish(kind, logits, labels, rows, gamma, smoothing, weights):
    if weights:
        rows = rows * torch.tensor(weights)[labels]
    rows.sum().backward()
    return {"kind": kind, "gamma": gamma, "smoothing": smoothing, "weights": weights,
            "labels": labels.tolist(), "logits": numbers(logits), "losses": numbers(rows),
            "gradients": numbers(logits.grad)}


def squared_case(masked):
    outputs = torch.randn(ROWS, OUTPUTS, requires_grad=True)
    target = torch.randn(ROWS, INPUTS)
    target[:, 3] = 0
    for row, end in enumerate([10, 6, 1, 0]):
        target[row, end:] = 0
    padded = F.pad(target, (0, OUTPUTS - INPUTS))
    last = torch.tensor([(row != 0).nonzero().max() + 1 if row.any() else 0 for row in target])
    mask = torch.arange(OUTPUTS) < (last[:, None] if masked else torch.full((ROWS, 1), OUTPUTS))
    squares = (outputs - padded) ** 2 * mask
    rows = squares.sum(1) / mask.sum(1).clamp(min=1)
    rows.sum().backward()
    return {"masked": masked, "outputs": numbers(outputs), "targets": numbers(target),
            "losses": numbers(rows), "gradients": numbers(outputs.grad)}


def numbers(tensor):
    return [float(f"{x:.9g}") for x in tensor.detach().flatten().tolist()]


cases = [make(*arguments)
         for arguments in [(0.0, 0.0, None), (0.0, 0.1, None), (2.0, 0.0, None), (0.5, 0.0, None),
                           (1.5, 0.2, None)]
         for make in [softmax_case, sigmoid_case]]
cases += [softmax_case(0.0, 0.1, [0.2, 1.5, 0.0, 3.0, 1.0]), softmax_case(2.0, 0.0, [2.0] * 5),
          sigmoid_case(1.5, 0.0, [0.7, 1.75])]
text = json.dumps({"rows": ROWS, "classes": cases, "squared": [squared_case(m) for m in (False, True)]})
pathlib.Path(__file__).with_name("losses.json").write_text(text + "\n")
