"""Times training steps of the program and of its peers by turns on this machine, and prints the
ratios. Quote ratios: times differ between machines and hours.

    python3 Benchmarks/compare.py [--workloads W1 W5] [--rounds 3] [--batch 256] [--seconds 6] [--json]

Each peer lives in a virtual environment: PEERS/torch, PEERS/tf, PEERS/jax (by default
~/.cache/detectron-peers); `--install` makes them. A peer that is not
there is named and left out. With --jobs 2 two one-thread jobs run at once, the way to use two cores.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

here = Path(__file__).resolve().parent
parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
parser.add_argument("--workloads", nargs="+", default=["W1", "W2", "W3", "W4", "W5"])
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--batch", type=int, default=256)
parser.add_argument("--seconds", type=float, default=6)
parser.add_argument("--jobs", type=int, default=1)
parser.add_argument("--peers", type=Path, default=Path.home() / ".cache/detectron-peers")
parser.add_argument("--install", action="store_true")
parser.add_argument("--json", action="store_true")
options = parser.parse_args()

PACKAGES = {"torch": ["torch", "numpy"], "tf": ["tensorflow-cpu", "keras"], "jax": ["jax", "keras"]}


def install():
    for name, packages in PACKAGES.items():
        folder = options.peers / name
        if not folder.exists():
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin/pip", "-q", "install", *packages], check=True)


def commands(workload):
    size = ["--batch", str(options.batch), "--threads", "1", "--seconds", str(options.seconds)]
    engine = here / ".build/release/EngineBenchmark"
    yield "detectron", [engine, workload, str(options.batch), "1", str(options.seconds)]
    scripts = here / "peers"
    for name, script, extra in (
        ("torch", "torch_peer.py", []),
        ("tf", "keras_peer.py", ["--backend", "tensorflow"]),
        ("jax", "keras_peer.py", ["--backend", "jax"]),
    ):
        python = options.peers / name / "bin/python"
        if python.exists():
            yield name, [python, scripts / script, workload, *extra, *size]
        else:
            print(f"{python} is missing: {name} is left out (see --install)", file=sys.stderr)


def measure(command):
    """Milliseconds a step; of several jobs at once, those of the combined rate."""
    jobs = [
        subprocess.Popen(
            list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for _ in range(options.jobs)
    ]
    lines = [job.communicate()[0] for job in jobs]
    results = [json.loads(line.strip().splitlines()[-1]) for line in lines]
    rate = sum(1 / result["ms"] for result in results)
    best = sum(1 / result["min"] for result in results)
    return 1 / rate, 1 / best, results[0]


if options.install:
    install()
subprocess.run(
    ["swift", "build", "-c", "release", "--package-path", str(here)], check=True,
    stdout=sys.stderr)
print("| workload | program | median ms | least ms | % of peak | peer / detectron |")
print("| --- | --- | --- | --- | --- | --- |")
for workload in options.workloads:
    runs = {}
    programs = dict(commands(workload))
    for _ in range(options.rounds):
        for name, command in programs.items():
            runs.setdefault(name, []).append(measure(command))
    medians = {name: statistics.median(run[0] for run in of) for name, of in runs.items()}
    for name, of in runs.items():
        peak = of[0][2].get("percent_of_peak")
        ratio = f"{medians[name] / medians['detectron']:.2f}"
        row = dict(
            workload=workload, program=name, ms=medians[name], least=min(run[1] for run in of),
            peak=peak, ratio=float(ratio), load=os.getloadavg()[0])
        if options.json:
            print(json.dumps(row), file=sys.stderr)
        print(
            f"| {workload} | {name} | {row['ms']:.1f} | {row['least']:.1f} | "
            f"{'' if peak is None else f'{peak:.0f}'} | {ratio} |", flush=True)
