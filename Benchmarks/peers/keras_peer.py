"""Median time of a training step of W1 … W5 or of a network of the study in Keras, on TensorFlow or
JAX. Prints one line of JSON.

    python keras_peer.py W1 --backend tensorflow --batch 256 --threads 1 --seconds 6

Random rows have no padding, so nothing is masked: bilstm is without its Masking layer, whose steps
would cost Keras time and skip no sample.
"""

import argparse
import functools
import json
import os
import statistics
import time

parser = argparse.ArgumentParser()
parser.add_argument("workload")
parser.add_argument("--backend", choices=["tensorflow", "jax"], default="tensorflow")
parser.add_argument("--batch", type=int, default=256)
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--seconds", type=float, default=6)
options = parser.parse_args()
os.environ["KERAS_BACKEND"] = options.backend
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
# JAX takes this for the number of processors; without it one thread becomes two on two cores.
os.environ["NPROC"] = str(options.threads)
if options.threads == 1:
    os.environ["OMP_NUM_THREADS"] = "1"
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import numpy as np

if options.backend == "tensorflow":
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    tf.config.threading.set_inter_op_parallelism_threads(options.threads)
import keras
from keras import layers


class ClassToken(keras.layers.Layer):
    def build(self, shape):
        self.token = self.add_weight(shape=(1, 1, shape[2]), initializer="zeros")

    def call(self, x):
        token = keras.ops.broadcast_to(self.token, (keras.ops.shape(x)[0], 1, x.shape[2]))
        return keras.ops.concatenate([token, x], 1)


class Positions(keras.layers.Layer):
    def build(self, shape):
        self.table = self.add_weight(shape=shape[1:], initializer="random_normal")

    def call(self, x):
        return x + self.table


def baseline(x):
    for filters, kernel in ((16, 5), (32, 3), (32, 3)):
        for _ in range(2):
            x = layers.Conv1D(filters, kernel, activation="relu")(x)
        x = layers.Dropout(0.1)(layers.MaxPool1D(2)(x))
    for _ in range(2):
        x = layers.Conv1D(256, 3, activation="relu")(x)
    x = layers.Dropout(0.2)(layers.GlobalMaxPool1D()(x))
    for _ in range(2):
        x = layers.Dense(64, activation="relu")(x)
    return x


def recurrent(x):
    return layers.Dense(64, activation="relu")(layers.SimpleRNN(128)(x))


def dilated_recurrent(x):
    for i in range(4):
        x = layers.Conv1D(64, 5, dilation_rate=2**i, padding="same", activation="relu")(x)
        x = layers.Dropout(0.1)(layers.MaxPool1D(2)(x))
    return layers.Dense(64, activation="relu")(layers.Bidirectional(layers.LSTM(64))(x))


def residual(x, blocks=40):
    x, channels = layers.Conv1D(32, 3, padding="same", activation="relu")(x), 32
    for i in range(blocks):
        stride = 2 if i in (blocks // 4, blocks // 2, 3 * blocks // 4) else 1
        outputs = 64 if i >= blocks // 4 else 32
        y = layers.Conv1D(outputs, 3, strides=stride, padding="same", use_bias=False)(x)
        y = layers.ReLU()(layers.BatchNormalization()(y))
        y = layers.Conv1D(outputs, 3, padding="same", use_bias=False)(y)
        y = layers.BatchNormalization()(y)
        if stride > 1 or outputs != channels:
            x = layers.Conv1D(outputs, 1, strides=stride, use_bias=False)(x)
        x, channels = layers.ReLU()(layers.Add()([x, y])), outputs
    return layers.GlobalAveragePooling1D()(x)


def transformer(x, token=False):
    x = layers.Conv1D(64, 11, strides=11)(x)
    x = Positions()(ClassToken()(x) if token else x)
    for _ in range(4):
        y = layers.LayerNormalization()(x)
        x = layers.Add()([x, layers.Dropout(0.1)(layers.MultiHeadAttention(4, 16)(y, y))])
        y = layers.Dense(128, activation="gelu")(layers.LayerNormalization()(x))
        x = layers.Add()([x, layers.Dropout(0.1)(layers.Dense(64)(y))])
    x = layers.LayerNormalization()(x)
    return x[:, 0] if token else layers.GlobalAveragePooling1D()(x)


def dense_layers(x, dropout):
    for units in (256, 128):
        x = layers.Dropout(dropout)(layers.Dense(units, activation="relu")(x))
    return x


def bilstm(x):
    return dense_layers(layers.Bidirectional(layers.LSTM(128))(x), 0.1)


def dilated_cnn_bilstm(x):
    for filters in (200, 150, 100, 75):
        x = layers.Conv1D(filters, 3, dilation_rate=2, activation="relu")(x)
        x = layers.Dropout(0.05)(layers.MaxPool1D(2)(x))
    x = layers.Bidirectional(layers.LSTM(20, return_sequences=True))(x)
    return layers.Flatten()(dense_layers(x, 0.3))


def activated(x):
    return layers.ReLU()(layers.BatchNormalization()(x))


def bottleneck(x, width, stride):
    y = activated(x)
    shortcut = x if x.shape[-1] == width else layers.Conv1D(width, 1, strides=stride)(y)
    y = layers.Conv1D(width // 4, 1, strides=stride)(y)
    y = layers.Conv1D(width // 4, 3, padding="same")(activated(y))
    y = layers.Conv1D(width, 1)(activated(y))
    return layers.Add()([shortcut, y])


def resnet(x, units):
    x = layers.Conv1D(16, 7, padding="same")(x)
    for width in (64, 128, 256):
        for unit in range(units):
            x = bottleneck(x, width, 2 if unit == 0 and width > 64 else 1)
    return layers.GlobalAveragePooling1D()(activated(x))


networks = {
    "W1": baseline, "W2": recurrent, "W3": dilated_recurrent, "W4": residual, "W5": transformer,
    "bilstm": bilstm, "dilated-cnn-bilstm": dilated_cnn_bilstm,
    "resnet": functools.partial(resnet, units=44),
    "resnet-101": functools.partial(resnet, units=11),
    "transformer": functools.partial(transformer, token=True),
}
rows = keras.Input((187, 1))
output = layers.Dense(5, activation="softmax")(networks[options.workload](rows))
model = keras.Model(rows, output)
# Whole-graph compilation is slower than plain graph execution on W1 … W5 with TensorFlow, and ten times
# as slow on dilated-cnn-bilstm.
form = dict(jit_compile=False) if options.backend == "tensorflow" else {}
model.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", **form)
random = np.random.default_rng(0)


def fit(steps):
    """Milliseconds a step, over one epoch of so many steps."""
    x = random.random((options.batch * steps, 187, 1), dtype=np.float32)
    y = random.integers(0, 5, options.batch * steps).astype("int32")
    began = time.perf_counter()
    model.fit(x, y, batch_size=options.batch, epochs=1, verbose=0, shuffle=False)
    return (time.perf_counter() - began) * 1e3 / steps


fit(4)
steps = int(min(400, max(4, options.seconds * 1e3 / 4 / fit(4))))
fit(steps)
times = [fit(steps) for _ in range(3)]
print(
    json.dumps(
        dict(
            program=f"keras-{options.backend}", version=keras.__version__,
            workload=options.workload, batch=options.batch, threads=options.threads,
            ms=statistics.median(times), min=min(times),
        )
    )
)
