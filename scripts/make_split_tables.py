"""Writes the published splits as Swift sources: Sources/Datasets/*/…SplitTable.swift.

    python make_split_tables.py mitbih_beat_index.csv.gz        (needs scikit-learn)

mitbih  The beat index has a line for each of the 109,446 rows in record and time order, with the
        side and, for test rows, the place in the published mitbih_test.csv. It was made by matching
        the rows that the cutting rule gives with the published test rows; no rule gives the split.
ptb     train_test_split(rows, test_size=0.2, random_state=1337, stratify=label) of scikit-learn on
        the 4,046 normal rows followed by the 10,506 abnormal ones. It depends on the labels alone.
"""

import base64
import csv
import gzip
import pathlib
import sys

import numpy
from sklearn.model_selection import train_test_split

SOURCES = pathlib.Path(__file__).resolve().parent.parent / "Sources" / "Datasets"


def literal(name, comment, data):
    text = base64.b64encode(data).decode()
    lines = "\n".join("    " + text[i:i + 92] for i in range(0, len(text), 92))
    comment = "\n".join("  /// " + line for line in comment)
    return f'{comment}\n  static let {name} = """\n{lines}\n    """\n'


def write(path, summary, literals):
    (SOURCES / path).write_text(
        "// Written by scripts/make_split_tables.py.\n\n"
        + "".join(f"/// {line}".rstrip() + "\n" for line in summary)
        + f"enum {pathlib.Path(path).stem} {{\n" + "\n".join(literals) + "}\n")


def mitbih(index):
    with gzip.open(index, "rt") as file:
        beats = list(csv.DictReader(file))
    assert len(beats) == 109_446
    is_test = numpy.array([beat["split"] == "test" for beat in beats])
    places = numpy.array([int(beat["test_row"]) for beat in beats if beat["split"] == "test"])
    assert sorted(places) == list(range(21_892))
    write(
        "MITBIH/MITBIHSplitTable.swift",
        ["The published split of the 109,446 beats of the MIT-BIH Arrhythmia Database.", "",
         "A fact that no rule gives: it was found by matching the rows cut from the recordings with the",
         "rows of the published `mitbih_test.csv` (S. Fazeli, ECG Heartbeat Categorization Dataset;",
         "Kachuee et al. 2018, doi:10.1109/ICHI.2018.00092)."],
        [literal("testBits", [
            "A bit a beat, in record and time order, first beat in the highest bit of the first byte:",
            "1 for the 21,892 test rows. Base64."], numpy.packbits(is_test).tobytes()),
         literal("testPlaces", [
             "For each test row in record and time order its place in the published file: 16 bits, low",
             "byte first. Base64."], places.astype("<u2").tobytes())])


def ptb():
    labels = numpy.repeat([0, 1], [4_046, 10_506])
    _, test = train_test_split(
        numpy.arange(labels.size), test_size=0.2, random_state=1337, stratify=labels)
    assert numpy.bincount(labels[test]).tolist() == [809, 2_102]
    write(
        "Published/PTBSplitTable.swift",
        ["The published split of the 14,552 rows of the PTB half of the ECG Heartbeat Categorization",
         "Dataset: `train_test_split(concat(normal, abnormal), test_size=0.2, random_state=1337,",
         "stratify=label)` of scikit-learn."],
        [literal("testRows", [
            "The 2,911 test rows in scikit-learn's order, as rows of the concatenation: 16 bits, low byte",
            "first. Base64."], test.astype("<u2").tobytes())])


mitbih(sys.argv[1])
ptb()
