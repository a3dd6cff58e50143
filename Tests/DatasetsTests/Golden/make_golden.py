"""Writes golden.json: values of numpy 2.4.6, scikit-learn 1.9.1 and Python's float to compare with.

    pip install numpy==2.4.6 scikit-learn==1.9.1 && python make_golden.py
"""

import base64
import hashlib
import io
import json
import pathlib
import random
import struct

import numpy
from sklearn.model_selection import train_test_split

HERE = pathlib.Path(__file__).parent


def encoded(write):
    file = io.BytesIO()
    write(file)
    return base64.b64encode(file.getvalue()).decode()


def arrays():
    floats = numpy.array([[0.5, -1.25, 3e-8], [1, 2, 65504.0]], "<f4")
    integers = numpy.array([0, -1, 2**62], "<i8")
    cases = {
        "float32": floats, "float64": floats.astype("<f8"), "int64": integers,
        "int32": numpy.array([[1], [-2]], "<i4"), "int16": numpy.array([-300, 7], "<i2"),
        "int8": numpy.array([-3, 7], "i1"), "uint8": numpy.array([200, 7], "u1"),
        "bool": numpy.array([True, False]), "empty": numpy.zeros((0, 5), "<f4"),
        "scalar": numpy.float32(2.5), "text": numpy.array(["100", "s0014lre", "ü"]),
    }
    columns = numpy.asfortranarray(floats)
    return {
        "npy": {name: encoded(lambda f: numpy.save(f, a)) for name, a in cases.items()},
        "version2": encoded(
            lambda f: numpy.lib.format.write_array(f, floats, version=(2, 0))),
        "columns": encoded(lambda f: numpy.save(f, columns)),
        "object": encoded(lambda f: numpy.save(f, numpy.array([None]), allow_pickle=True)),
        "npz": encoded(lambda f: numpy.savez(f, p=floats, label=integers)),
        "npzCompressed": encoded(lambda f: numpy.savez_compressed(f, p=floats, label=integers)),
    }


def float32(text):
    return struct.unpack("<I", numpy.float32(float(text)).tobytes())[0]


def numbers():
    generator = random.Random(11)
    texts = ["0", "-0.0", "1", "+2.5E+3", "1e-45", "7e-46", "3.4028235e38", "1e22", "1e23"]
    texts += ["1e-400", "123456789012345678901234567890", "0.00000000000000000000000000001"]
    for _ in range(150):
        bits = generator.getrandbits(32) & 0x7FFFFFFF
        value = struct.unpack("<f", struct.pack("<I", bits % 0x3F800001))[0]
        above = numpy.nextafter(numpy.float32(value), numpy.float32(2))
        middle = (float(value) + float(above)) / 2
        nudged = float(numpy.nextafter(middle, generator.choice([0.0, 2.0])))
        texts += ["%.18e" % value, repr(value), "%.18e" % middle, repr(middle), "%.18e" % nudged]
        texts.append("%.25e" % middle)
        texts.append(f"0.{generator.randrange(10**19):019d}")
    return [[text, float32(text)] for text in texts]


def published_form():
    generator = random.Random(12)
    values = [0.0, 1.0, 0.5, 2.0**-30, 2.0**-31, 2.0**-149, 3.0, 255.0, -0.5, 2.0**-24, 0.1, 0.01]
    values += [1 - 2.0**-24, 0.001, 1e-9]
    ranges = [generator.randrange(1, 2048) for _ in range(300)]
    values += [generator.randrange(b + 1) / b for b in ranges]
    values = [float(numpy.float32(v)) for v in values]
    return [[struct.unpack("<I", struct.pack("<f", v))[0], "%.18e" % v] for v in values]


def ptb_split():
    labels = numpy.repeat([0, 1], [4_046, 10_506])
    _, test = train_test_split(
        numpy.arange(labels.size), test_size=0.2, random_state=1337, stratify=labels)
    return {
        "first": test[:20].tolist(), "last": test[-20:].tolist(),
        "sha256": hashlib.sha256(test.astype("<i8").tobytes()).hexdigest()}


def quantiles():
    values = numpy.sort(numpy.random.default_rng(3).random(101).astype("float32"))
    return [
        {"values": v.astype(float).tolist(), "expected": [float(numpy.float32(
            numpy.quantile(v.astype(float), q))) for q in (0.5, 0.05, 0.95)]}
        for v in (values, values[:1], values[:2], values[:6])]


def fingerprint():
    """Each array preceded by its length in 64 bits, everything low byte first."""
    rows = (numpy.arange(374) / 374).astype("<f4")
    sides = [numpy.array(side, "<i8") for side in ([0], [1])]
    parts = [rows, numpy.array([0, 1], "u1"), *sides]
    data = b"".join(struct.pack("<Q", part.size) + part.tobytes() for part in parts)
    return {"rows": rows.astype(float).tolist(), "sha256": hashlib.sha256(data).hexdigest()}


golden = {
    "fingerprint": fingerprint(),
    "arrays": arrays(), "numbers": numbers(), "publishedForm": published_form(),
    "ptbSplit": ptb_split(), "quantiles": quantiles()}
(HERE / "golden.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
