"""Median time of a training step of W1 … W5 or of a network of the study in PyTorch, its fastest
form on a CPU: fused Adam, denormals flushed, channels last in memory. Prints one line of JSON.

    python torch_peer.py W1 --batch 256 --threads 1 --seconds 6

Random rows have no padding, so nothing is masked and bilstm skips no sample. An LSTM of PyTorch has
a second bias, and the constants of its normalisations are its own; neither shows in the time.
Convolutions have an axis of length one, without which channels cannot lie last in memory: measured
a tenth faster for W1 and W3, a fifth for W4, a quarter for resnet-101.
"""

import argparse
import json
import statistics
import time

import torch
import torch.nn.functional as F
from torch import nn


def convolution(inputs, outputs, kernel, stride=1, padding=0, dilation=1, bias=True):
    return nn.Conv2d(
        inputs, outputs, (1, kernel), (1, stride), (0, padding), (1, dilation), bias=bias)


def channels_last(x):
    return x.unsqueeze(2).contiguous(memory_format=torch.channels_last)


class Baseline(nn.Module):
    def __init__(self):
        super().__init__()
        shapes = [(1, 16, 5), (16, 16, 5), (16, 32, 3), (32, 32, 3), (32, 32, 3), (32, 32, 3)]
        self.body = nn.ModuleList(convolution(*shape) for shape in shapes)
        self.top = nn.ModuleList([convolution(32, 256, 3), convolution(256, 256, 3)])
        self.dense = nn.ModuleList([nn.Linear(256, 64), nn.Linear(64, 64)])
        self.out = nn.Linear(64, 5)

    def forward(self, x):
        x = channels_last(x)
        for first, second in zip(self.body[::2], self.body[1::2]):
            x = F.relu(second(F.relu(first(x))))
            x = F.dropout(F.max_pool2d(x, (1, 2)), 0.1, self.training)
        for layer in self.top:
            x = F.relu(layer(x))
        x = F.dropout(x.amax((2, 3)), 0.2, self.training)
        for layer in self.dense:
            x = F.relu(layer(x))
        return self.out(x)


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = nn.RNN(1, 128, batch_first=True)
        self.dense, self.out = nn.Linear(128, 64), nn.Linear(64, 5)

    def forward(self, x):
        _, last = self.cell(x.transpose(1, 2))
        return self.out(F.relu(self.dense(last[0])))


class DilatedRecurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.ModuleList(
            convolution(1 if i == 0 else 64, 64, 5, padding=2 * 2**i, dilation=2**i)
            for i in range(4)
        )
        self.cell = nn.LSTM(64, 64, batch_first=True, bidirectional=True)
        self.dense, self.out = nn.Linear(128, 64), nn.Linear(64, 5)

    def forward(self, x):
        x = channels_last(x)
        for layer in self.body:
            x = F.dropout(F.max_pool2d(F.relu(layer(x)), (1, 2)), 0.1, self.training)
        _, (last, _) = self.cell(x.squeeze(2).transpose(1, 2).contiguous())
        return self.out(F.relu(self.dense(torch.cat([last[0], last[1]], 1))))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = convolution(inputs, outputs, 3, stride, padding=1, bias=False)
        self.second = convolution(outputs, outputs, 3, padding=1, bias=False)
        self.norms = nn.ModuleList([nn.BatchNorm2d(outputs), nn.BatchNorm2d(outputs)])
        changes = stride > 1 or inputs != outputs
        self.shortcut = (
            convolution(inputs, outputs, 1, stride, bias=False) if changes else nn.Identity())

    def forward(self, x):
        y = self.norms[1](self.second(F.relu(self.norms[0](self.first(x)))))
        return F.relu(y + self.shortcut(x))


class Residual(nn.Module):
    def __init__(self, blocks=40):
        super().__init__()
        self.stem = convolution(1, 32, 3, padding=1)
        layers, channels = [], 32
        for i in range(blocks):
            outputs = 64 if i >= blocks // 4 else 32
            stride = 2 if i in (blocks // 4, blocks // 2, 3 * blocks // 4) else 1
            layers.append(Block(channels, outputs, stride))
            channels = outputs
        self.body, self.out = nn.Sequential(*layers), nn.Linear(64, 5)

    def forward(self, x):
        return self.out(self.body(F.relu(self.stem(channels_last(x)))).mean((2, 3)))


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.norms = nn.ModuleList([nn.LayerNorm(64), nn.LayerNorm(64)])
        self.project, self.join = nn.Linear(64, 192), nn.Linear(64, 64)
        self.wide, self.narrow = nn.Linear(64, 128), nn.Linear(128, 64)

    def forward(self, x):
        rows, tokens, width = x.shape
        heads = self.project(self.norms[0](x)).view(rows, tokens, 3, 4, 16).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(*heads.unbind(0))
        y = self.join(y.transpose(1, 2).reshape(rows, tokens, width))
        x = x + F.dropout(y, 0.1, self.training)
        y = self.narrow(F.gelu(self.wide(self.norms[1](x))))
        return x + F.dropout(y, 0.1, self.training)


class Transformer(nn.Module):
    def __init__(self, token=False):
        super().__init__()
        self.patch = nn.Conv1d(1, 64, 11, stride=11)
        self.token = nn.Parameter(torch.zeros(1, 1, 64)) if token else None
        self.positions = nn.Parameter(torch.randn(1, 18 if token else 17, 64) * 0.02)
        self.body = nn.Sequential(*(Encoder() for _ in range(4)))
        self.norm, self.out = nn.LayerNorm(64), nn.Linear(64, 5)

    def forward(self, x):
        x = self.patch(x).transpose(1, 2)
        if self.token is not None:
            x = torch.cat([self.token.expand(len(x), 1, 64), x], 1)
        x = self.norm(self.body(x + self.positions))
        return self.out(x.mean(1) if self.token is None else x[:, 0])


def dense_layers(inputs, dropout):
    return nn.Sequential(
        nn.Linear(inputs, 256), nn.ReLU(), nn.Dropout(dropout),
        nn.Linear(256, 128), nn.ReLU(), nn.Dropout(dropout),
    )


class BiLSTM(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = nn.LSTM(1, 128, batch_first=True, bidirectional=True)
        self.dense, self.out = dense_layers(256, 0.1), nn.Linear(128, 5)

    def forward(self, x):
        _, (last, _) = self.cell(x.transpose(1, 2))
        return self.out(self.dense(torch.cat([last[0], last[1]], 1)))


class DilatedCNNBiLSTM(nn.Module):
    def __init__(self):
        super().__init__()
        layers, channels = [], 1
        for filters in (200, 150, 100, 75):
            layers += [convolution(channels, filters, 3, dilation=2), nn.ReLU()]
            layers += [nn.MaxPool2d((1, 2)), nn.Dropout(0.05)]
            channels = filters
        self.body = nn.Sequential(*layers)
        self.cell = nn.LSTM(75, 20, batch_first=True, bidirectional=True)
        self.dense, self.out = dense_layers(40, 0.3), nn.Linear(7 * 128, 5)

    def forward(self, x):
        x = self.body(channels_last(x)).squeeze(2)
        states, _ = self.cell(x.transpose(1, 2).contiguous())
        return self.out(self.dense(states).flatten(1))


def activated(channels):
    return nn.Sequential(nn.BatchNorm2d(channels), nn.ReLU(inplace=True))


class Bottleneck(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        narrow = outputs // 4
        self.activated = activated(inputs)
        self.branch = nn.Sequential(
            convolution(inputs, narrow, 1, stride),
            activated(narrow), convolution(narrow, narrow, 3, padding=1),
            activated(narrow), convolution(narrow, outputs, 1),
        )
        self.shortcut = convolution(inputs, outputs, 1, stride) if inputs != outputs else None

    def forward(self, x):
        y = self.activated(x)
        return self.branch(y) + (x if self.shortcut is None else self.shortcut(y))


class ResNet(nn.Module):
    def __init__(self, units):
        super().__init__()
        layers, channels = [convolution(1, 16, 7, padding=3)], 16
        for width in (64, 128, 256):
            for unit in range(units):
                layers.append(Bottleneck(channels, width, 2 if unit == 0 and width > 64 else 1))
                channels = width
        self.body, self.out = nn.Sequential(*layers, activated(256)), nn.Linear(256, 5)

    def forward(self, x):
        return self.out(self.body(channels_last(x)).mean((2, 3)))


NETWORKS = {
    "W1": Baseline, "W2": Recurrent, "W3": DilatedRecurrent, "W4": Residual, "W5": Transformer,
    "bilstm": BiLSTM, "dilated-cnn-bilstm": DilatedCNNBiLSTM, "resnet": lambda: ResNet(44),
    "resnet-101": lambda: ResNet(11), "transformer": lambda: Transformer(token=True),
}

parser = argparse.ArgumentParser()
parser.add_argument("workload", choices=NETWORKS)
parser.add_argument("--batch", type=int, default=256)
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--seconds", type=float, default=6)
options = parser.parse_args()

torch.set_num_threads(options.threads)
torch.set_num_interop_threads(1)
torch.set_flush_denormal(True)
torch.manual_seed(0)
network = NETWORKS[options.workload]().train().to(memory_format=torch.channels_last)
rows = torch.rand(options.batch, 1, 187)
labels = torch.randint(0, 5, (options.batch,))
optimizer = torch.optim.Adam(network.parameters(), 1e-3, fused=True)


def step():
    optimizer.zero_grad(set_to_none=True)
    F.cross_entropy(network(rows), labels).backward()
    optimizer.step()


for _ in range(3):
    step()
times, start = [], time.perf_counter()
while len(times) < 3 or time.perf_counter() - start < options.seconds:
    began = time.perf_counter()
    step()
    times.append((time.perf_counter() - began) * 1e3)
print(
    json.dumps(
        dict(
            program="torch", version=torch.__version__, workload=options.workload,
            batch=options.batch, threads=options.threads, ms=statistics.median(times),
            min=min(times),
        )
    )
)
