#!/usr/bin/env python3
"""Peak memory of a training of each variant on all rows of mitbih, one epoch, one worker: held
against 600 MB, and against 2,000 MB for the deep resnet. The ensembles of all come last.

    scripts/soak_memory.py DATA [--variants baseline bilstm] [--program .build/release/detectron]

The peak is that of the whole process: program, data, training, predictions; what the program expects
of the training alone stands beside it. The first training also reads and audits the data, which is
why vanilla-mlp comes twice, first with another seed. The whole takes hours: an epoch of the deep resnet alone takes one
third of an hour.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

LIMITS = {"resnet": 2000}
LIMIT = 600
ENSEMBLES = ["ensemble-mean", "ensemble-vote", "ensemble-logistic"]


def peak_megabytes(command):
    """Runs a command; the most memory that it held, in MB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    messages = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)}\nended with {process.returncode}: {messages[-500:]}")
    return usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("--variants", nargs="+")
    parser.add_argument("--program", default=".build/release/detectron")
    options = parser.parse_args()
    listing = subprocess.check_output([options.program, "models"], text=True)
    lines = [line.split("\t") for line in listing.splitlines()]
    tasks = {line[0]: line[1] for line in lines if line[1].startswith("mitbih")}
    variants = options.variants or list(tasks)
    failures = []
    print("variant\tMB\texpected of the training\tat most")
    with tempfile.TemporaryDirectory() as store:
        common = ["--data", options.data, "--epochs", "1", "--recipes", "published",
                  "--store", store, "--workers", "1"]
        # Another seed, or the second row would find its cell in the store and train nothing.
        for variant, seed in [("vanilla-mlp", "2"), *((variant, "1") for variant in variants)]:
            selection = ["--tasks", tasks[variant], "--variants", variant, "--seeds", seed]
            plan = json.loads(subprocess.check_output(
                [options.program, "plan", "--json", *selection, *common]))
            expected = [cell["expectation"]["memoryBytes"] >> 20 for cell in plan["cells"]
                        if "expectation" in cell and f"/{variant}+" in cell["name"]]
            peak = peak_megabytes([options.program, "run", *selection, *common])
            limit = LIMITS.get(variant, LIMIT)
            print(variant, round(peak), max(expected, default=0), limit, sep="\t", flush=True)
            if peak > limit:
                failures.append(variant)
        selection = ["--tasks", "mitbih", "--variants", *[v for v in variants if tasks[v] == "mitbih"],
                     *ENSEMBLES]
        peak = peak_megabytes([options.program, "run", *selection, *common])
        print("ensembles", round(peak), "", LIMIT, sep="\t")
    if peak > LIMIT:
        failures.append("ensembles")
    if failures:
        sys.exit(f"more memory than promised: {', '.join(failures)}")


if __name__ == "__main__":
    main()
