"""Writes attention.json: self-attention and an encoder block of PyTorch, forward and every
gradient, in float32.

Run: python attention.py (torch 2.15.0 made the values that stand here). Weights are written as
columns: input [C, 3 * heads * width], queries first, then keys, then values; output
[heads * width, C]. The first case is torch.nn.MultiheadAttention, whose heads fill the channels;
the second has heads of another width and is put together from linear layers and
scaled_dot_product_attention; the third is torch.nn.TransformerEncoderLayer, normalised before each
half, with the epsilon of Keras.
"""

import json
import pathlib

import torch
from torch.nn.functional import linear, scaled_dot_product_attention

N, L, HIDDEN = 2, 5, 16
torch.manual_seed(5)


def numbers(tensor):
    return [float(f"{x:.9g}") for x in tensor.detach().flatten().tolist()]


def attend(x, w, b, wo, bo, heads, width):
    q, k, v = linear(x, w, b).view(N, L, 3, heads, width).permute(2, 0, 3, 1, 4).unbind(0)
    y = scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(N, L, heads * width)
    return linear(y, wo, bo)


def encoder(channels, heads, hidden):
    layer = torch.nn.TransformerEncoderLayer(
        channels, heads, hidden, dropout=0, activation="gelu", layer_norm_eps=1e-3,
        batch_first=True, norm_first=True)
    attention = layer.self_attn
    return layer, [
        layer.norm1.weight, layer.norm1.bias, attention.in_proj_weight, attention.in_proj_bias,
        attention.out_proj.weight, attention.out_proj.bias, layer.norm2.weight, layer.norm2.bias,
        layer.linear1.weight, layer.linear1.bias, layer.linear2.weight, layer.linear2.bias]


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
    elif name == "encoder":
        layer, parameters = encoder(channels, heads, HIDDEN)
        with torch.no_grad():
            for parameter in parameters:
                parameter.add_(torch.randn_like(parameter) * 0.3)
        y = layer(x)
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


cases = [case("layer", 12, 3, 4), case("functional", 5, 2, 9),
         case("encoder", 8, 2, 4)]
text = json.dumps({"rows": N, "length": L, "hidden": HIDDEN, "cases": cases})
pathlib.Path(__file__).with_name("attention.json").write_text(text + "\n")
