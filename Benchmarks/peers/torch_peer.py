"""Median time of a training step of W1 … W5 in PyTorch, its fastest form on a CPU: fused Adam,
denormals flushed. Prints one line of JSON.

    python torch_peer.py W1 --batch 256 --threads 1 --seconds 6
"""

import argparse
import json
import statistics
import time

import torch
import torch.nn.functional as F
from torch import nn


class Baseline(nn.Module):
    def __init__(self):
        super().__init__()
        shapes = [(1, 16, 5), (16, 16, 5), (16, 32, 3), (32, 32, 3), (32, 32, 3), (32, 32, 3)]
        self.body = nn.ModuleList(nn.Conv1d(*shape) for shape in shapes)
        self.top = nn.ModuleList([nn.Conv1d(32, 256, 3), nn.Conv1d(256, 256, 3)])
        self.dense = nn.ModuleList([nn.Linear(256, 64), nn.Linear(64, 64)])
        self.out = nn.Linear(64, 5)

    def forward(self, x):
        for first, second in zip(self.body[::2], self.body[1::2]):
            x = F.relu(second(F.relu(first(x))))
            x = F.dropout(F.max_pool1d(x, 2), 0.1, self.training)
        for layer in self.top:
            x = F.relu(layer(x))
        x = F.dropout(F.adaptive_max_pool1d(x, 1)[..., 0], 0.2, self.training)
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
            nn.Conv1d(1 if i == 0 else 64, 64, 5, dilation=2**i, padding="same") for i in range(4)
        )
        self.cell = nn.LSTM(64, 64, batch_first=True, bidirectional=True)
        self.dense, self.out = nn.Linear(128, 64), nn.Linear(64, 5)

    def forward(self, x):
        for layer in self.body:
            x = F.dropout(F.max_pool1d(F.relu(layer(x)), 2), 0.1, self.training)
        _, (last, _) = self.cell(x.transpose(1, 2).contiguous())
        return self.out(F.relu(self.dense(torch.cat([last[0], last[1]], 1))))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = nn.Conv1d(inputs, outputs, 3, stride=stride, padding=1, bias=False)
        self.second = nn.Conv1d(outputs, outputs, 3, padding=1, bias=False)
        self.norms = nn.ModuleList([nn.BatchNorm1d(outputs), nn.BatchNorm1d(outputs)])
        changes = stride > 1 or inputs != outputs
        self.shortcut = nn.Conv1d(inputs, outputs, 1, stride, bias=False) if changes else nn.Identity()

    def forward(self, x):
        y = self.norms[1](self.second(F.relu(self.norms[0](self.first(x)))))
        return F.relu(y + self.shortcut(x))


class Residual(nn.Module):
    def __init__(self, blocks=40):
        super().__init__()
        self.stem = nn.Conv1d(1, 32, 3, padding=1)
        layers, channels = [], 32
        for i in range(blocks):
            outputs = 64 if i >= blocks // 4 else 32
            stride = 2 if i in (blocks // 4, blocks // 2, 3 * blocks // 4) else 1
            layers.append(Block(channels, outputs, stride))
            channels = outputs
        self.body, self.out = nn.Sequential(*layers), nn.Linear(64, 5)

    def forward(self, x):
        return self.out(self.body(F.relu(self.stem(x))).mean(2))


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
    def __init__(self):
        super().__init__()
        self.patch = nn.Conv1d(1, 64, 11, stride=11)
        self.positions = nn.Parameter(torch.randn(1, 17, 64) * 0.02)
        self.body = nn.Sequential(*(Encoder() for _ in range(4)))
        self.norm, self.out = nn.LayerNorm(64), nn.Linear(64, 5)

    def forward(self, x):
        x = self.patch(x).transpose(1, 2) + self.positions
        return self.out(self.norm(self.body(x)).mean(1))


NETWORKS = {
    "W1": Baseline, "W2": Recurrent, "W3": DilatedRecurrent, "W4": Residual, "W5": Transformer
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
network = NETWORKS[options.workload]().train()
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
