"""Writes layers.json: layers of PyTorch, forward and every gradient, in float32, and numpy's rfft.

Run: python layers.py (torch 2.15.0, numpy 2.4.6 made the values that stand here). Activations are
written as [N, L, C] and weights in the layout of Keras: convolutions [taps, inputs, outputs],
transposed ones [taps, outputs, inputs], dense layers [inputs, outputs].
"""

import json
import pathlib

import numpy as np
import torch
from torch import nn
from torch.nn import functional

N = 2
torch.manual_seed(5)


def numbers(tensor):
    return [float(f"{x:.9g}") for x in tensor.detach().reshape(-1).tolist()]


def last(x):
    """[N, C, L] of PyTorch to [N, L, C] and back."""
    return x.transpose(1, 2)


class Channels(nn.Module):
    """A module of PyTorch that takes [N, C, L], for [N, L, C]."""

    def __init__(self, module):
        super().__init__()
        self.module = module

    def forward(self, x):
        return last(self.module(last(x)))


class SamePad(nn.Module):
    """Zeros around each row, one more at the end where their number is odd."""

    def __init__(self, total, module):
        super().__init__()
        self.total, self.module = total, module

    def forward(self, x):
        return self.module(functional.pad(x, (self.total // 2, self.total - self.total // 2)))


class Squeeze(nn.Module):
    def __init__(self, channels, reduction):
        super().__init__()
        self.reduce = nn.Linear(channels, channels // reduction)
        self.expand = nn.Linear(channels // reduction, channels)

    def forward(self, x):
        factors = torch.sigmoid(self.expand(functional.relu(self.reduce(x.mean(1)))))
        return x * factors[:, None]


class Reduced(nn.Module):
    """A function of [N, L, C] without parameters."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


def keras(parameter):
    return parameter.permute(2, 1, 0) if parameter.dim() == 3 else parameter.mT


def case(name, module, length, channels):
    for parameter in module.parameters():
        if parameter.numel() > 1:
            parameter.data += 0.3 * torch.randn_like(parameter)
    x = (1.5 * torch.randn(N, length, channels)).requires_grad_()
    y = module(x)
    dy = torch.randn_like(y)
    y.backward(dy)
    parameters = list(module.parameters())

    def written(tensor):
        return numbers(keras(tensor) if tensor.dim() > 1 else tensor)

    return {"name": name, "length": length, "channels": channels, "x": numbers(x),
            "y": numbers(y), "dy": numbers(dy), "dx": numbers(x.grad),
            "weights": [written(p) for p in parameters],
            "gradients": [written(p.grad) for p in parameters]}


cases = [
    case("sigmoid", nn.Sigmoid(), 7, 5),
    case("tanh", nn.Tanh(), 7, 5),
    case("gelu", nn.GELU(), 9, 7),
    case("prelu", nn.PReLU(), 7, 5),
    case("prelu per channel", Channels(nn.PReLU(5)), 7, 5),
    case("layer normalisation", nn.LayerNorm(21, eps=1e-3), 4, 21),
    case("transposed convolution",
         Channels(nn.ConvTranspose1d(5, 3, 3, stride=2, padding=1, output_padding=1)), 6, 5),
    case("transposed convolution, stride 1",
         Channels(nn.ConvTranspose1d(4, 1, 3, padding=1)), 7, 4),
    case("convolution, padded", Channels(nn.Conv1d(2, 5, 3, stride=2, padding=1)), 12, 2),
    case("convolution, even and without bias",
         Channels(SamePad(9, nn.Conv1d(2, 3, 10, bias=False))), 14, 2),
    case("max pooling, same", Channels(nn.MaxPool1d(3, stride=1, padding=1)), 9, 3),
    case("max pooling, overlapping", Channels(nn.MaxPool1d(5, stride=2)), 12, 3),
    case("upsampling", Channels(nn.Upsample(scale_factor=2)), 5, 3),
    case("squeeze and excitation", Squeeze(8, 2), 5, 8),
    case("convolution, dilated", Channels(nn.Conv1d(3, 5, 3, dilation=2)), 11, 3),
    case("dense", nn.Linear(7, 5), 4, 7),
    case("max pooling, global", Reduced(lambda x: x.amax(1)), 9, 5),
    case("average pooling, global", Reduced(lambda x: x.mean(1)), 9, 5),
    # As in training: mean and variance are those of the rows.
    case("batch normalisation", Channels(nn.BatchNorm1d(5, eps=1e-3)), 9, 5),
    case("batch normalisation, rectified",
         Channels(nn.Sequential(nn.BatchNorm1d(6, eps=1e-3), nn.ReLU())), 9, 6),
    # Wide enough for minimal filtering, with a sample that has no partner.
    case("convolution, wide", Channels(nn.Conv1d(32, 32, 3, padding=1)), 11, 32),
    # Of which only the largest sample of each channel is computed on.
    case("convolution, peaks",
         nn.Sequential(Channels(nn.Conv1d(3, 9, 5)), Reduced(lambda x: functional.relu(x).amax(1))),
         12, 3),
]

beats = np.random.default_rng(5).random((N, 187)).astype(np.float32)
bins = np.fft.rfft(beats.astype(np.float64))
fourier = {"x": [float(f"{x:.9g}") for x in beats.reshape(-1)],
           "y": [float(f"{x:.9g}") for x in np.stack([bins.real, bins.imag], -1).reshape(-1)]}
text = json.dumps({"rows": N, "cases": cases, "fourier": fourier})
pathlib.Path(__file__).with_name("layers.json").write_text(text + "\n")
