"""Writes attribution.json: gradients, integrated gradients and Grad-CAM of small networks, by PyTorch.

Run: python attribution.py (torch 2.15.0 made the values that stand here). Everything is written out
by hand, in float64: integrated gradients at the middles of 256 steps from the row at 2**-20 of its
height, equal in the square root of the height, Grad-CAM from the activations behind the last rectifier before pooling. Weights are written
in the layout of Keras: convolutions [taps, inputs, outputs], dense layers [inputs, outputs].
"""

import json
import pathlib

import numpy as np
import torch
from torch.nn import functional

LENGTH = 24
STEPS = 256
FLAT = 2.0**-20
torch.manual_seed(11)
torch.set_default_dtype(torch.float64)


def weight(*shape):
    # Through float32, which is what the networks keep.
    return (0.5 * torch.randn(*shape)).float().double()


def convolve(x, kernel, bias, padding=0):
    """[N, L, C] by [taps, inputs, outputs]."""
    y = functional.conv1d(x.transpose(1, 2), kernel.permute(2, 1, 0), bias, padding=padding)
    return y.transpose(1, 2)


def pool(x):
    return functional.max_pool1d(x.transpose(1, 2), 2).transpose(1, 2)


def peaks(w):
    """Two convolutions, the second into a maximum; features lie 2 samples apart from sample 4.5 on."""

    def features(x):
        x = pool(torch.relu(convolve(x, w["conv1.kernel"], w["conv1.bias"])))
        return torch.relu(convolve(x, w["conv2.kernel"], w["conv2.bias"]))

    def head(a):
        return a.amax(dim=1) @ w["dense1.kernel"] + w["dense1.bias"]

    return features, head, 4.5, 2.0


def normalised(w):
    """A padded convolution, normalised and rectified; features lie at the samples."""

    def features(x):
        x = convolve(x, w["conv1.kernel"], w["conv1.bias"], padding=1)
        factor = w["norm1.scale"] / torch.sqrt(w["norm1.variance"] + 1e-3)
        return torch.relu((x - w["norm1.mean"]) * factor + w["norm1.offset"])

    def head(a):
        return pool(a).flatten(1) @ w["dense1.kernel"] + w["dense1.bias"]

    return features, head, 0.0, 1.0


CASES = {
    "peaks": (
        peaks,
        {
            "conv1.kernel": weight(5, 1, 3),
            "conv1.bias": weight(3),
            "conv2.kernel": weight(3, 3, 4),
            "conv2.bias": weight(4),
            "dense1.kernel": weight(4, 3),
            "dense1.bias": weight(3),
        },
    ),
    "normalised": (
        normalised,
        {
            "conv1.kernel": weight(3, 1, 4),
            "conv1.bias": weight(4),
            "norm1.scale": weight(4) + 1,
            "norm1.offset": weight(4),
            "norm1.mean": weight(4),
            "norm1.variance": weight(4).abs() + 0.5,
            "dense1.kernel": weight(48, 3),
            "dense1.bias": weight(3),
        },
    ),
}


def gradient(network, x, output):
    x = x.clone().requires_grad_(True)
    network(x)[:, output].sum().backward()
    return x.grad


def integrated(network, x, output):
    places = (torch.arange(STEPS) + 0.5) / STEPS
    path = torch.cat([x * (FLAT + (1 - FLAT) * s * s) for s in places])
    weights = (2 * places / STEPS)[:, None, None]
    return (gradient(network, path, output) * weights).sum(0, keepdim=True) * x * (1 - FLAT)


def grad_cam(features, head, x, output, first, step):
    a = features(x).detach().requires_grad_(True)
    head(a)[:, output].sum().backward()
    samples = torch.relu((a.grad.mean(dim=1, keepdim=True) * a).sum(dim=2))[0].detach().numpy()
    places = first + step * np.arange(len(samples))
    return np.interp(np.arange(LENGTH), places, samples)


def numbers(values):
    return [float(f"{v:.12g}") for v in np.asarray(values).reshape(-1).tolist()]


def case(name):
    make, weights = CASES[name]
    features, head, first, step = make(weights)

    def network(x):
        return head(features(x))

    row = torch.rand(1, LENGTH, 1).float().double()
    row[:, 20:] = 0
    output = 1
    return {
        "name": name,
        "weights": [
            {"name": key, "shape": list(value.shape), "values": numbers(value.float())}
            for key, value in weights.items()
        ],
        "row": numbers(row),
        "output": output,
        "outputs": numbers(network(row).detach()),
        "gradients": numbers(gradient(network, row, output)),
        "integrated": numbers(integrated(network, row, output)),
        "activation": numbers(grad_cam(features, head, row, output, first, step)),
    }


path = pathlib.Path(__file__).with_name("attribution.json")
path.write_text(json.dumps([case(name) for name in CASES], separators=(",", ":")) + "\n")
