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


def case(name, kind, gates):
    layer = kind(C, U, batch_first=True)
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter.mul_(3)
        if name != "gru":
            layer.bias_hh_l0.zero_()
    x = torch.randn(N, L, C, requires_grad=True)
    y, _ = layer(x)
    dy = torch.randn_like(y)
    y.backward(dy)

    def weights(of):
        kernel, recurrent, bias, bias2 = (of(p) for p in (
            layer.weight_ih_l0, layer.weight_hh_l0, layer.bias_ih_l0, layer.bias_hh_l0))
        biases = [keras(bias, gates)] + ([keras(bias2, gates)] if name == "gru" else [])
        return {"kernel": numbers(keras(kernel, gates)),
                "recurrent": numbers(keras(recurrent, gates)), "bias": numbers(torch.cat(biases))}

    return {"cell": name, "x": numbers(x), "y": numbers(y), "dy": numbers(dy),
            "dx": numbers(x.grad), "weights": weights(lambda p: p),
            "gradients": weights(lambda p: p.grad)}


cases = [case("rnn", torch.nn.RNN, 1), case("lstm", torch.nn.LSTM, 4),
         case("gru", torch.nn.GRU, 3)]
text = json.dumps({"rows": N, "length": L, "channels": C, "units": U, "cases": cases})
pathlib.Path(__file__).with_name("recurrent.json").write_text(text + "\n")
