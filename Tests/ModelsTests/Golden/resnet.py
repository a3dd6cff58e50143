"""Writes resnet.json: gradients of the residual network of depth 101 by PyTorch, in float64 and,
as the measure of what may be asked of single precision, how far PyTorch's own float32 is from them.

Run: python resnet.py (torch 2.15.0, numpy 2.4.6 made the values that stand here). Weights and rows
are not written: both sides draw them with Philox, by seed, purpose and path.

At this depth a rounding turns rectifiers over, and one of them changes a gradient by percents: how
far a single draw is off is chance. So eleven networks are drawn, and medians over them compared.
"""

import json
import pathlib

import numpy as np
import torch
from torch.nn import functional

SEEDS, ROWS, LENGTH, UNITS, SAMPLED = range(101, 112), 8, 187, 11, 12
torch.set_num_threads(1)


def philox(key, count):
    """Philox4x32-10 at the counters (0, 0, 0, 0), (1, 0, 0, 0), …; doi:10.1145/2063384.2063405."""
    x = [np.arange(count, dtype=np.uint64)] + [np.zeros(count, np.uint64)] * 3
    low = np.uint64(0xffffffff)
    for _ in range(10):
        first, second = x[0] * np.uint64(0xd2511f53), x[2] * np.uint64(0xcd9e8d57)
        x = [(second >> np.uint64(32)) ^ x[1] ^ np.uint64(key[0]), second & low,
             (first >> np.uint64(32)) ^ x[3] ^ np.uint64(key[1]), first & low]
        key = [(key[0] + 0x9e3779b9) % 2**32, (key[1] + 0xbb67ae85) % 2**32]
    return np.stack(x, -1).reshape(-1)


def numbers(seed, path, count):
    """Float32 numbers from -1 to below 1 that depend on seed and path only."""
    hash = 0xcbf29ce484222325
    for byte in seed.to_bytes(8, "little") + b"initial weights\xff" + path.encode():
        hash = (hash ^ byte) * 0x100000001b3 % 2**64
    hash = (hash ^ hash >> 30) * 0xbf58476d1ce4e5b9 % 2**64
    hash = (hash ^ hash >> 27) * 0x94d049bb133111eb % 2**64
    hash ^= hash >> 31
    words = philox([hash % 2**32, hash >> 32], (count + 3) // 4)[:count]
    return (words >> np.uint64(8)).astype(np.float32) * np.float32(2**-23) - np.float32(1)


class Network:
    """The network of Sources/Models/Variants/ResNet.swift for two classes, its layers numbered in
    the order in which they are built; parameters in the layout of Keras."""

    def __init__(self, seed, dtype):
        self.seed, self.dtype, self.counts, self.parameters = seed, dtype, {}, {}

    def path(self, kind):
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return f"{kind}{self.counts[kind]}"

    def parameter(self, path, shape, change):
        values = change(numbers(self.seed, path, int(np.prod(shape)))).reshape(shape)
        assert values.dtype == np.float32
        tensor = torch.tensor(values, dtype=self.dtype, requires_grad=True)
        self.parameters[path] = tensor
        return tensor

    def kernel(self, path, shape):
        taps = int(np.prod(shape[:-2]))
        limit = np.sqrt(np.float32(6) / np.float32(taps * (shape[-2] + shape[-1])))
        return self.parameter(path + ".kernel", shape, lambda v: v * limit)

    def bias(self, path, count, name="bias"):
        return self.parameter(f"{path}.{name}", [count], lambda v: v * np.float32(0.1))

    def convolution(self, x, width, taps, stride=1):
        path = self.path("conv")
        kernel = self.kernel(path, [taps, x.shape[1], width])
        return functional.conv1d(x, kernel.permute(2, 1, 0), self.bias(path, width),
                                 stride=stride, padding=(taps - 1) // 2)

    def activation(self, x):
        path = self.path("norm")
        scale = self.parameter(path + ".scale", [x.shape[1]],
                               lambda v: v * np.float32(0.25) + np.float32(1))
        offset = self.bias(path, x.shape[1], "offset")
        return functional.relu(functional.batch_norm(x, None, None, scale, offset, training=True,
                                                     eps=1e-3))

    def branch(self, x, width, stride):
        x = self.convolution(x, width // 4, 1, stride)
        x = self.convolution(self.activation(x), width // 4, 3)
        return self.convolution(self.activation(x), width, 1)

    def unit(self, x, width, stride, first):
        if not first:
            return x + self.branch(self.activation(x), width, 1)
        x = self.activation(x)
        return self.convolution(x, width, 1, stride) + self.branch(x, width, stride)

    def logits(self, rows):
        x = self.convolution(rows[:, None], 16, 7)
        for stage, width in enumerate([64, 128, 256]):
            for unit in range(UNITS):
                x = self.unit(x, width, 2 if unit == 0 and stage > 0 else 1, unit == 0)
        x = self.activation(x).mean(-1)
        return (x @ self.kernel("dense1", [256, 1]) + self.bias("dense1", 1))[:, 0]


def gradients(seed, dtype):
    rows = np.abs(numbers(seed, "rows", ROWS * LENGTH)).reshape(ROWS, LENGTH)
    # Rows end with padding, which the network gets as -1.
    for index, row in enumerate(rows):
        row[LENGTH - 10 * index:] = -1
    network = Network(seed, dtype)
    logits = network.logits(torch.tensor(rows, dtype=dtype))
    labels = torch.arange(ROWS, dtype=dtype) % 2
    loss = functional.binary_cross_entropy_with_logits(logits, labels)
    loss.backward()
    return loss.item(), {path: tensor.grad.double().reshape(-1)
                         for path, tensor in network.parameters.items()}


def sample(tensor):
    return tensor[:: max(1, len(tensor) // SAMPLED)]


# All kinds, from all depths; a bias before a normalisation has no gradient, and a single number
# would be compared by chance.
CHOSEN = ["dense1.kernel"] + [f"conv{i}.kernel" for i in (
    1, 2, 3, 4, 19, 33, 36, 37, 38, 54, 69, 72, 88, 100, 102, 103)]
CHOSEN += [f"norm{i}.{name}" for i in (1, 34, 66, 100) for name in ("scale", "offset")]


def draw(seed):
    (loss, exact), (_, single) = gradients(seed, torch.float64), gradients(seed, torch.float32)
    tensors = []
    for path in CHOSEN:
        expected = sample(exact[path])
        distance = (sample(single[path]) - expected).abs().max() / expected.abs().max()
        tensors.append({"path": path, "step": max(1, len(exact[path]) // SAMPLED),
                        "values": [float(f"{x:.8g}") for x in expected.tolist()],
                        "distance": float(f"{distance:.4g}")})
    return {"seed": seed, "loss": loss, "tensors": tensors}


draws = [draw(seed) for seed in SEEDS]
# Close to the output it is a toss whether any rectifier turns over, and float32 is either exact to
# five digits or to two: such a tensor has no distance to compare with, and is left out.
for index, path in reversed(list(enumerate(CHOSEN))):
    distances = sorted(draw["tensors"][index]["distance"] for draw in draws)
    is_toss = distances[-3] > 10 * distances[2]
    print(f"{path:16} {distances}{' left out' if is_toss else ''}")
    if is_toss:
        for drawn in draws:
            del drawn["tensors"][index]
text = json.dumps({"rows": ROWS, "draws": draws})
pathlib.Path(__file__).with_name("resnet.json").write_text(text + "\n")
