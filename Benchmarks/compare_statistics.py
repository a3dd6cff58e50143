"""Times the statistics of the program beside scikit-learn's by turns on this machine, and prints the
ratios. Quote ratios: times differ between machines and hours.

    python3 Benchmarks/compare_statistics.py [--rounds 3] [--models 15] [--draws 10000]
        [--python PYTHON]

The first row is the macro-averaged area under the ROC curve of 21,892 rows and 5 classes, on one
thread each; both programs read the same scores, and their values have to agree to 1e-12. The second
is every metric of all models in all bootstrap draws, on all cores. scikit-learn needs so long for it
that it is timed on a few draws of one model, on one core, and its time for all of them is estimated.

PYTHON has numpy and scikit-learn; by default the one that runs this.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

here = Path(__file__).resolve().parent
parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--models", type=int, default=15)
parser.add_argument("--draws", type=int, default=10_000)
parser.add_argument("--python", type=Path, default=Path(sys.executable))
options = parser.parse_args()

peer = [options.python, here / "peers/sklearn_peer.py"]
engine = [here / ".build/release/StatisticsBenchmark"]


def measure(*command):
    output = subprocess.run(list(map(str, command)), check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(output.stdout.strip().splitlines()[-1])


subprocess.run(
    ["swift", "build", "-c", "release", "--package-path", str(here), "--product",
     "StatisticsBenchmark"], check=True, stdout=sys.stderr)
print("| what | detectron | scikit-learn | ratio |\n| --- | --- | --- | --- |")
with tempfile.TemporaryDirectory() as folder:
    file = Path(folder) / "scores"
    measure(*peer, "write", file)
    rounds = [(measure(*engine, "auroc", file), measure(*peer, "auroc", file))
              for _ in range(options.rounds)]
for ours, theirs in rounds:
    if abs(ours["value"] - theirs["value"]) > 1e-12:
        sys.exit(f"the areas differ: {ours['value']} and {theirs['value']}")
ours, theirs = (statistics.median(r[i]["cpu"] for r in rounds) for i in (0, 1))
print(f"| AUROC, 21,892 x 5 | {ours:.2f} ms | {theirs:.1f} ms | {theirs / ours:.1f} |")

ours = measure(*engine, "bootstrap", options.models, options.draws)
one = measure(*peer, "metrics")["cpu"] / 1000
all_ = one * options.models * options.draws
print(
    f"| {options.models} models x {options.draws:,} draws, all metrics "
    f"| {ours['seconds']:.1f} s on {ours['workers']} cores, {ours['cpu_seconds']:.1f} s of processor "
    f"time | {all_:.0f} s of processor time, estimated | {all_ / ours['cpu_seconds']:.0f} |")
print(f"load of the machine: {os.getloadavg()[0]:.1f}", file=sys.stderr)
