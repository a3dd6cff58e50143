# Ten steps of each optimizer in the form of Keras 3, in float64: python optimizers.py
#
# `python optimizers.py check` compares with Keras itself (any backend), where it is installed.
import json
import pathlib
import sys

import numpy as np

STEPS, COUNT, KERNEL, RATE = 10, 20, 12, 0.02
random = np.random.default_rng(3)
start = random.normal(size=COUNT).astype(np.float32)
# Two shards of gradients a step; the first twelve weights are a 3 × 4 kernel, the rest a bias.
gradients = random.normal(size=(STEPS, 2, COUNT)).astype(np.float32)


def clip(g, clipping):
    kind, limit = clipping
    if kind == "globalNorm":
        norm = np.sqrt((g * g).sum())
        return g * limit / norm if norm > limit else g
    return np.clip(g, -limit, limit) if kind == "value" else g


def adam(decay):
    m, v = np.zeros(COUNT), np.zeros(COUNT)
    decays = np.arange(COUNT) < KERNEL

    def update(w, g, t):
        nonlocal m, v
        w = w - w * decay * RATE * decays
        m = m + (g - m) * (1 - 0.9)
        v = v + (g * g - v) * (1 - 0.999)
        alpha = RATE * np.sqrt(1 - 0.999 ** t) / (1 - 0.9 ** t)
        return w - m * alpha / (np.sqrt(v) + 1e-7)
    return update


def sgd(momentum, nesterov):
    velocity = np.zeros(COUNT)

    def update(w, g, t):
        nonlocal velocity
        velocity = momentum * velocity - RATE * g
        return w + (momentum * velocity - RATE * g if nesterov else velocity)
    return update


def run(update, clipping):
    w, average = start.astype(np.float64), None
    for t in range(1, STEPS + 1):
        w = update(w, clip(gradients[t - 1].astype(np.float64).sum(0), clipping), t)
        average = w if average is None else 0.9 * average + 0.1 * w
    return w, average


ALGORITHMS = {"adam": lambda: adam(0), "adamW": lambda: adam(0.1), "sgd": lambda: sgd(0, False),
              "momentum": lambda: sgd(0.9, False), "nesterov": lambda: sgd(0.9, True)}
CLIPPINGS = [("none", 0), ("globalNorm", 2.5), ("value", 0.4)]


def check():
    import keras
    for name in ALGORITHMS:
        for kind, limit in CLIPPINGS:
            options = {"globalNorm": {"global_clipnorm": limit}, "value": {"clipvalue": limit}}
            options = {**options.get(kind, {}), "use_ema": True, "ema_momentum": 0.9}
            optimizer = {
                "adam": lambda: keras.optimizers.Adam(RATE, **options),
                "adamW": lambda: keras.optimizers.AdamW(RATE, weight_decay=0.1, **options),
                "sgd": lambda: keras.optimizers.SGD(RATE, **options),
                "momentum": lambda: keras.optimizers.SGD(RATE, momentum=0.9, **options),
                "nesterov": lambda: keras.optimizers.SGD(
                    RATE, momentum=0.9, nesterov=True, **options)}[name]()
            kernel = keras.Variable(start[:KERNEL].reshape(3, 4), name="kernel")
            bias = keras.Variable(start[KERNEL:], name="bias")
            if name == "adamW":
                optimizer.exclude_from_weight_decay(var_names=["bias"])
            optimizer.build([kernel, bias])
            for g in gradients.sum(1):
                optimizer.apply([keras.ops.array(g[:KERNEL].reshape(3, 4)),
                                 keras.ops.array(g[KERNEL:])])
            w, average = run(ALGORITHMS[name](), (kind, limit))

            def joined(variables):
                return np.concatenate([np.asarray(v).ravel() for v in variables])
            print(name, kind, np.abs(joined([kernel, bias]) - w).max(), np.abs(
                joined(optimizer._model_variables_moving_average) - average).max())


if sys.argv[1:] == ["check"]:
    check()
else:
    cases = []
    for name, make in ALGORITHMS.items():
        for kind, limit in CLIPPINGS:
            w, average = run(make(), (kind, limit))
            cases.append({"algorithm": name, "clipping": kind, "limit": limit,
                          "weights": [float(f"{x:.9g}") for x in w],
                          "average": [float(f"{x:.9g}") for x in average]})
    text = json.dumps({"rate": RATE, "kernel": KERNEL, "start": start.astype(float).tolist(),
                       "gradients": gradients.astype(float).reshape(STEPS, -1).tolist(),
                       "cases": cases})
    pathlib.Path(__file__).with_name("optimizers.json").write_text(text + "\n")
