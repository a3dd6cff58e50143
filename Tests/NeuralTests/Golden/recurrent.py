"""Writes recurrent.json: recurrent layers of PyTorch, forward and every gradient, in float32.

Run: python recurrent.py (torch 2.15.0 made the values that stand here). Weights are written in the
layout of Keras: kernel [C, gates * units], recurrent [units, gates * units]; PyTorch's GRU has its
gates in the order reset, update, candidate, Keras update, reset, candidate.
"""

import json
import pathlib

import torch

N, L, C, U = 3, 7, 3, 20
torch.manual_seed(11)


def keras(matrix, gates):
    """Rows [gates * units, ...] of PyTorch to columns of Keras."""
    blocks = list(matrix.split(U))
    if gates == 3:
        blocks = [blocks[1], blocks[0], blocks[2]]
    joined = torch.cat(blocks)
    return joined.mT.contiguous() if joined.dim() == 2 else joined


def numbers(tensor):
    return [float(f"{x:.9g}") for x in tensor.detach().flatten().tolist()]


def case(name, kind, gates, both=False, last=False):
    """A layer, in both directions or forward only, of which all states or the last come out."""
    layer = kind(C, U, batch_first=True, bidirectional=both)
    walks = ["l0", "l0_reverse"] if both else ["l0"]
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter.mul_(3)
        if gates != 3:
            for walk in walks:
                getattr(layer, f"bias_hh_{walk}").zero_()
    x = torch.randn(N, L, C, requires_grad=True)
    y, states = layer(x)
    if last:
        # Of the way back the last state is that of the first sample.
        y = torch.cat(list(states[0] if gates == 4 else states), dim=1)
    dy = torch.randn_like(y)
    y.backward(dy)

    def weights(of):
        """Kernel, recurrent kernel and bias of each walk."""
        arrays = []
        for walk in walks:
            kernel, recurrent, bias, bias2 = (of(getattr(layer, f"{part}_{walk}")) for part in (
                "weight_ih", "weight_hh", "bias_ih", "bias_hh"))
            biases = [keras(bias, gates)] + ([keras(bias2, gates)] if gates == 3 else [])
            arrays += [numbers(keras(kernel, gates)), numbers(keras(recurrent, gates)),
                       numbers(torch.cat(biases))]
        return arrays

    return {"name": name, "x": numbers(x), "y": numbers(y), "dy": numbers(dy),
            "dx": numbers(x.grad), "weights": weights(lambda p: p),
            "gradients": weights(lambda p: p.grad)}


cases = [case("rnn", torch.nn.RNN, 1), case("lstm", torch.nn.LSTM, 4),
         case("gru", torch.nn.GRU, 3), case("rnn, last state", torch.nn.RNN, 1, last=True),
         case("gru, last state", torch.nn.GRU, 3, last=True),
         case("lstm, both ways, last states", torch.nn.LSTM, 4, both=True, last=True),
         case("gru, both ways", torch.nn.GRU, 3, both=True)]
text = json.dumps({"rows": N, "length": L, "channels": C, "units": U, "cases": cases})
pathlib.Path(__file__).with_name("recurrent.json").write_text(text + "\n")
