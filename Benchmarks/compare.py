"""Times training steps of the program and of its peers by turns on this machine, and prints the
ratios. Quote ratios: times differ between machines and hours.

    python3 Benchmarks/compare.py [--workloads W1 study] [--rounds 3] [--batch 256]
        [--seconds 6] [--jobs 2] [--json]

Workloads are W1 to W5, which is the default, and five networks of the study by their ids; `study`
stands for those five. Without --batch, W1 to W5 take 256 rows a step and the study's networks as
many as their recipes say. A step is forward, backward and Adam on the cross-entropy of random rows.

Each peer lives in a virtual environment: PEERS/torch, PEERS/tf, PEERS/jax (by default
~/.cache/detectron-peers); `--install` makes them. A peer that is not there is named and left out.

With --jobs 2 the program uses two cores as two one-thread jobs at once. Each peer runs that way and
also as one job of two threads; its row is the way that did more rows a second, named in the column
`jobs x threads`. Milliseconds of several jobs are those of their combined rate. The last row of a
workload repeats the fastest peer; --json prints every way to run, to standard error.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

# Rows a step; of the study's networks as in their recipes.
STUDY = {
    "bilstm": 32, "dilated-cnn-bilstm": 32, "resnet": 128, "resnet-101": 128, "transformer": 128
}
BATCHES = dict.fromkeys(["W1", "W2", "W3", "W4", "W5"], 256) | STUDY
GROUPS = {"study": STUDY}
PACKAGES = {"torch": ["torch", "numpy"], "tf": ["tensorflow-cpu", "keras"], "jax": ["jax", "keras"]}
SCRIPTS = {
    "torch": ["torch_peer.py"],
    "tf": ["keras_peer.py", "--backend", "tensorflow"],
    "jax": ["keras_peer.py", "--backend", "jax"],
}

here = Path(__file__).resolve().parent
parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
parser.add_argument(
    "--workloads", nargs="+", choices=[*BATCHES, *GROUPS], default=["W1", "W2", "W3", "W4", "W5"])
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--batch", type=int)
parser.add_argument("--seconds", type=float, default=6)
parser.add_argument("--jobs", type=int, default=1)
parser.add_argument("--peers", type=Path, default=Path.home() / ".cache/detectron-peers")
parser.add_argument("--install", action="store_true")
parser.add_argument("--json", action="store_true")
options = parser.parse_args()


def install():
    for name, packages in PACKAGES.items():
        folder = options.peers / name
        if not folder.exists():
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin/pip", "-q", "install", *packages], check=True)


def runs(workload, batch):
    """Program, jobs, threads of a job and command, of every way to run that there is."""
    seconds = options.seconds
    engine = here / ".build/release/EngineBenchmark"
    yield "detectron", options.jobs, 1, [engine, workload, batch, 1, seconds]
    for name, (script, *backend) in SCRIPTS.items():
        python = options.peers / name / "bin/python"
        if not python.exists():
            print(f"{python} is missing: {name} is left out (see --install)", file=sys.stderr)
            continue
        # With one job the two ways are the same.
        for jobs, threads in sorted({(options.jobs, 1), (1, options.jobs)}):
            size = ["--batch", batch, "--threads", threads, "--seconds", seconds]
            yield name, jobs, threads, [python, here / "peers" / script, workload, *backend, *size]


def measure(jobs, command):
    """Median and least milliseconds a step; of several jobs at once, those of the combined rate."""
    processes = [
        subprocess.Popen(
            list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for _ in range(jobs)
    ]
    lines = [process.communicate()[0] for process in processes]
    results = [json.loads(line.strip().splitlines()[-1]) for line in lines]
    rate = sum(1 / result["ms"] for result in results)
    best = sum(1 / result["min"] for result in results)
    return 1 / rate, 1 / best, results[0].get("percent_of_peak")


def rows(workload, batch):
    """A row of each way to run, by turns; detectron's is the first."""
    ways = list(runs(workload, batch))
    rounds = [
        [measure(jobs, command) for _, jobs, _, command in ways] for _ in range(options.rounds)
    ]
    for (name, jobs, threads, _), results in zip(ways, zip(*rounds)):
        medians, least, peaks = zip(*results)
        yield dict(
            workload=workload, batch=batch, program=name, jobs=jobs, threads=threads,
            ms=statistics.median(medians), least=min(least), peak=peaks[0],
            load=os.getloadavg()[0])


def show(row, label):
    peak = "" if row["peak"] is None else f"{row['peak']:.0f}"
    print(
        f"| {row['workload']} | {row['batch']} | {label} | {row['jobs']} x {row['threads']} "
        f"| {row['ms']:.1f} | {row['least']:.1f} | {peak} | {row['ratio']:.2f} |", flush=True)


if options.install:
    install()
subprocess.run(
    ["swift", "build", "-c", "release", "--package-path", str(here)], check=True,
    stdout=sys.stderr)
print(
    "| workload | batch | program | jobs x threads | median ms | least ms | % of peak "
    "| peer / detectron |")
print("| --- | --- | --- | --- | --- | --- | --- | --- |")
for workload in (name for given in options.workloads for name in GROUPS.get(given, [given])):
    best = {}
    measured = list(rows(workload, options.batch or BATCHES[workload]))
    for row in measured:
        row["ratio"] = round(row["ms"] / measured[0]["ms"], 2)
        best[row["program"]] = min(best.get(row["program"], row), row, key=lambda row: row["ms"])
        if options.json:
            print(json.dumps(row), file=sys.stderr)
    for name, row in best.items():
        show(row, name)
    peers = [row for row in best.values() if row["program"] != "detectron"]
    if peers:
        fastest = min(peers, key=lambda row: row["ms"])
        show(fastest, f"fastest peer: {fastest['program']}")
