#!/usr/bin/env bash
# Runs the portable kernels on an emulated processor that has neither fused multiply-add nor AVX:
# there the C library computes fmaf in software, and the bits have to be the same.
set -eu
cd "$(dirname "$0")/.."
. scripts/kernel-hashes.bash
processor=Nehalem
need qemu-x86_64 qemu-user
build --target=x86_64-linux-gnu
if qemu-x86_64 -cpu "$processor" "$program" avx2 >/dev/null 2>&1; then
  echo "error: the emulated $processor claims to have AVX2, so nothing was tested" >&2
  exit 1
fi
qemu-x86_64 -cpu "$processor" "$program" portable >"$found"
compare "on an emulated $processor"
