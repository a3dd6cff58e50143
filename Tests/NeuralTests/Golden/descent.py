# Losses of ten successive steps of a small network, and one-cycle rates: python descent.py
import json
import pathlib

import torch
import torch.nn.functional as F

ROWS, LENGTH, CLASSES, RATE, STEPS = 24, 23, 3, 0.1, 10
torch.manual_seed(9)
x = torch.randn(ROWS, 1, LENGTH)
labels = torch.arange(ROWS) * 7 % 11 % CLASSES


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv1d(1, 6, 5)
        self.norm1 = torch.nn.BatchNorm1d(6, eps=1e-3)
        self.conv2 = torch.nn.Conv1d(6, 8, 3)
        self.dense1 = torch.nn.Linear(8, 10)
        self.dense2 = torch.nn.Linear(10, CLASSES)

    def forward(self, x):
        x = F.max_pool1d(F.relu(self.norm1(self.conv1(x))), 2)
        x = F.relu(self.conv2(x)).amax(2)
        return self.dense2(F.relu(self.dense1(x)))


def numbers(tensor):
    return [float(f"{x:.9g}") for x in tensor.detach().flatten().tolist()]


def weights(net):
    """In the layout of Keras."""
    result = {}
    for name in ["conv1", "conv2", "dense1", "dense2"]:
        layer = getattr(net, name)
        order = (2, 1, 0) if layer.weight.dim() == 3 else (1, 0)
        result[name + ".kernel"] = numbers(layer.weight.permute(order).contiguous())
        result[name + ".bias"] = numbers(layer.bias)
    return result


def descend(nesterov, clip):
    net = Net()
    start = weights(net)
    optimizer = torch.optim.SGD(net.parameters(), RATE, momentum=0.9, nesterov=nesterov)
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = F.cross_entropy(net(x), labels)
        loss.backward()
        if clip:
            torch.nn.utils.clip_grad_norm_(net.parameters(), clip)
        optimizer.step()
        losses.append(loss.item())
    return {"nesterov": nesterov, "clip": clip, "weights": start, "losses": losses}


def one_cycle(steps):
    optimizer = torch.optim.SGD([torch.zeros(1)], 1.0)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1.0, steps, cycle_momentum=False)
    rates = []
    for _ in range(steps):
        rates.append(schedule.get_last_lr()[0])
        optimizer.step()
        if len(rates) < steps:
            schedule.step()
    return rates


text = json.dumps({"rows": ROWS, "length": LENGTH, "rate": RATE, "x": numbers(x),
                   "labels": labels.tolist(),
                   "cases": [descend(False, None), descend(True, 0.3)], "oneCycle": one_cycle(40)})
pathlib.Path(__file__).with_name("descent.json").write_text(text + "\n")
