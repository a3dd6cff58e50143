"""Times the program's ROC, precision-recall and confusion figures of a task beside those of
matplotlib and scikit-learn by turns on this machine, and prints the ratios. Quote ratios: times
differ between machines and hours.

    python3 Benchmarks/compare_figures.py [--rounds 3] [--task mitbih] [--draws 20]
        [--store report/results] [--python PYTHON]

Both draw every model of the task from the same stored predictions into PDF files, as whole processes:
three of the program's, one a figure, and one of Python's for all. The program's curves have bands and
areas with intervals, of 1,000 and 10,000 bootstrap draws; Python's first row has neither, its second
row is what bands of 1,000 draws would take, from --draws of them.

PYTHON has numpy, scikit-learn and matplotlib; by default the one that runs this.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

here = Path(__file__).resolve().parent
program = here.parent / ".build/release/detectron"
BANDS = 1000

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--task", default="mitbih")
parser.add_argument("--draws", type=int, default=20)
parser.add_argument("--store", type=Path, default=here.parent / "report/results")
parser.add_argument("--python", type=Path, default=Path(sys.executable))
options = parser.parse_args()


def seconds(*commands):
    start = time.monotonic()
    for command in commands:
        subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def predictions():
    """The stored predictions of every classifier and ensemble that was trained on all rows."""
    run = json.loads(next((options.store / "runs").glob("*.json")).read_text())
    cells = [cell for cell in run["cells"]
             if cell["task"] == options.task and cell["kind"] != "autoencoder"
             and cell["trainingShare"] == 1 and cell.get("fold", 0) == 0]
    return [options.store / "cells" / cell["key"] / "predictions.16bit.npz" for cell in cells]


files = predictions()
if not files:
    sys.exit(f"{options.store} holds no predictions on {options.task}; name another --task")
with tempfile.TemporaryDirectory() as folder:
    ours = [[program, "figure", figure, "--task", options.task, "--store", options.store,
             "--out", f"{folder}/{figure}.pdf"]
            for figure in ("roc", "precision-recall", "confusion")]
    plain = [options.python, here / "peers/matplotlib_peer.py", folder, *files]
    rounds = [(seconds(*ours), seconds(plain)) for _ in range(options.rounds)]
    (own, theirs) = (statistics.median(times) for times in zip(*rounds))
    banded = seconds([*plain, "--draws", options.draws])
bands = theirs + (banded - theirs) * BANDS / options.draws
print("| figures | detectron | matplotlib and scikit-learn | ratio |\n| --- | --- | --- | --- |")
for name, peer in (("without bands there", theirs), ("with bands, estimated", bands)):
    print(f"| of {len(files)} models, {name} | {own:.2f} s | {peer:.2f} s | {peer / own:.1f} |")
print(f"load of the machine: {os.getloadavg()[0]:.1f}", file=sys.stderr)
