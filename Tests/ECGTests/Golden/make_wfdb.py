"""Writes wfdb.json: small records made and read back by wfdb-python (4.3.1), as values to compare with.

    pip install wfdb==4.3.1 && python make_wfdb.py
"""

import base64
import json
import pathlib
import tempfile

import numpy
import wfdb

HERE = pathlib.Path(__file__).parent
HEADERS = {
    "lf": "100 2 360 650000\n100.dat 212 200 11 1024 995 -22131 0 MLII\n"
    "100.dat 212 200 11 1024 1011 20052 0 V5\n# 69 M 1085 1629 x1\n# Aldomet, Inderal\n",
    "crlf": "100 2 360 650000\r\n100.dat 212 200 11 1024 995 -22131 0 MLII\r\n"
    "100.dat 212 200 11 1024 1011 20052 0 V5\r\n# 69 M\r\n",
    "defaults": "short 1\nshort.dat 16\n",
    "gain": "gains 4 500\ngains.dat 16 1000.0(0)/mV 16 0 5 6 0 i\n"
    "gains.dat 16 12.84(-1605)/mmHg 12 3\ngains.dat 16 1.052e+04/NU\ngains.dat 16 0 16 7\n",
    "counter": "counted 1 62.4725/999.56(12) 14400 17:27:45.25 15/08/1994\n"
    "counted.dat 212x4:3+512 200/mV 12 0 67 -11266 0 a lead with blanks \n",
    "blank": "# before\n\nblank 1 360\n\nb.dat 16\n#after\n\n# \n",
    "nothing": "nothing 0 360 10\n",
}


def header(name, text):
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "h.hea").write_bytes(text.encode())
        r = wfdb.rdheader(f"{folder}/h")
    keys = ["file_name", "fmt", "samps_per_frame", "skew", "byte_offset", "adc_gain", "baseline"]
    keys += ["units", "adc_res", "adc_zero", "init_value", "checksum", "block_size", "sig_name"]
    signals = [{k: (getattr(r, k) or [None] * r.n_sig)[i] for k in keys} for i in range(r.n_sig)]
    return {
        "name": name, "text": text, "fs": r.fs, "counterFrequency": r.counter_freq,
        "baseCounter": r.base_counter, "length": r.sig_len, "signals": signals,
        "comments": r.comments,
    }


def record(name, formats, files, samples):
    generator = numpy.random.default_rng(7)
    with tempfile.TemporaryDirectory() as folder:
        limit = 2047 if "212" in formats else 32767
        values = generator.integers(-limit, limit + 1, size=(samples, len(formats)))
        values[0] = -limit
        values[1] = limit
        n = len(formats)
        wfdb.Record(
            record_name=name, n_sig=n, fs=360, sig_len=samples, file_name=files, fmt=formats,
            adc_gain=[200.0 + i for i in range(n)], baseline=[10 * i for i in range(n)],
            units=["mV"] * n, adc_res=[12] * n, adc_zero=[0] * n, block_size=[0] * n,
            init_value=values[0].tolist(), sig_name=[f"s{i}" for i in range(n)],
            checksum=[int(v) for v in values.sum(axis=0) % 65536], d_signal=values,
        ).wrsamp(write_dir=folder)
        digital = wfdb.rdrecord(f"{folder}/{name}", physical=False).d_signal
        physical = wfdb.rdrecord(f"{folder}/{name}").p_signal
        contents = {
            p.name: base64.b64encode(p.read_bytes()).decode()
            for p in sorted(pathlib.Path(folder).iterdir())}
    return {
        "name": name, "files": contents, "digital": digital.T.tolist(),
        "physical": numpy.float32(physical).T.astype(float).tolist()}


def annotations():
    sample = [0, 3, 1023, 2047, 5000, 5000, 900000, 900001]
    with tempfile.TemporaryDirectory() as folder:
        wfdb.wrann(
            "made", "atr", numpy.array(sample), symbol=["+", "N", "V", "~", "A", '"', "/", "f"],
            subtype=numpy.array([0, 0, 1, 3, 0, 0, 0, 2]), chan=numpy.array([0, 0, 1, 1, 0, 1, 1, 0]),
            num=numpy.array([0, 0, 0, 5, 5, 9, 0, 0]),
            aux_note=["(N", "", "", "odd", "even", "", "x" * 250, "end"],
            fs=360, write_dir=folder)
        data = (pathlib.Path(folder) / "made.atr").read_bytes()
        r = wfdb.rdann(f"{folder}/made", "atr")
    return {
        "bytes": base64.b64encode(data).decode(), "fs": r.fs, "sample": r.sample.tolist(),
        "symbol": r.symbol, "subtype": r.subtype.tolist(), "chan": r.chan.tolist(),
        "num": r.num.tolist(), "aux": r.aux_note}


golden = {
    "headers": [header(n, t) for n, t in HEADERS.items()],
    "records": [
        record("packed", ["212"] * 3, ["packed.dat"] * 3, 21),
        record("words", ["16"] * 2, ["words.dat"] * 2, 9),
        record("mixed", ["16", "212", "212"], ["mixed.d0", "mixed.d1", "mixed.d1"], 7),
    ],
    "annotations": annotations(),
    "symbols": {
        str(r.label_store): r.symbol for r in wfdb.io.annotation.ann_label_table.itertuples()},
}
(HERE / "wfdb.json").write_text(json.dumps(golden, indent=0) + "\n")
