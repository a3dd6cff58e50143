#!/usr/bin/env bash
# Prints the golden values of the kernels' outputs, as this processor computes them. To renew them
# after a kernel or its case was changed on purpose:
#     scripts/kernel-hashes.sh > hashes.txt && mv hashes.txt Tests/TensorsTests/Golden/kernel-hashes.txt
set -eu
cd "$(dirname "$0")/.."
. scripts/kernel-hashes.bash
build >&2
"$program" portable
