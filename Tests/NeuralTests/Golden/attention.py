"""Writes attention.json: self-attention of PyTorch, forward and every gradient, in float32.

Run: python attention.py (torch 2.15.0 made the values that stand here). Weights are written as
columns: input [C, 3 * heads * width], queries first, then keys, then values; output
[heads * width, C]. The first case is torch.nn.MultiheadAttention, whose heads fill the channels;
the second has heads of another width and is put together from linear layers and
scaled_dot_product_attention.
"""

import json
import pathlib

import torch
from torch.nn.functional import linear, scaled_dot_product_attention

N, L = 2, 7
torch.manual_seed(5)


def numbers(tensor):
    return [float(f"{x:.9g}") for x in tensor.detach().flatten().tolist()]


def attend(x, w, b, wo, bo, heads, width):
    q, k, v = linear(x, w, b).view(N, L, 3, heads, width).permute(2, 0, 3, 1, 4).unbind(0)
    y = scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(N, L, heads * width)
    return linear(y, wo, bo)


def case(name, channels, heads, width):
    inner = heads * width
    x = torch.randn(N, L, channels, requires_grad=True)
    if name == "layer":
        layer = torch.nn.MultiheadAttention(channels, heads, batch_first=True)
        parameters = [layer.in_proj_weight, layer.in_proj_bias, layer.out_proj.weight,
                      layer.out_proj.bias]
        with torch.no_grad():
            for parameter in parameters:
                parameter.copy_(torch.randn_like(parameter) * 0.6)
        y, _ = layer(x, x, x, need_weights=False)
    else:
        parameters = [(torch.randn(shape) * 0.6).requires_grad_() for shape in (
            (3 * inner, channels), (3 * inner,), (channels, inner), (channels,))]
        y = attend(x, *parameters, heads, width)
    dy = torch.randn_like(y)
    y.backward(dy)

    def columns(tensors):
        return [numbers(t.mT if t.dim() == 2 else t) for t in tensors]

    return {"name": name, "channels": channels, "heads": heads, "width": width, "x": numbers(x),
            "y": numbers(y), "dy": numbers(dy), "dx": numbers(x.grad),
            "weights": columns(parameters), "gradients": columns([p.grad for p in parameters])}


cases = [case("layer", 12, 3, 4), case("functional", 5, 2, 17)]
text = json.dumps({"rows": N, "length": L, "cases": cases})
pathlib.Path(__file__).with_name("attention.json").write_text(text + "\n")
