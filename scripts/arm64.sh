#!/usr/bin/env bash
# Cross-compiles the kernels for arm64 and runs them under emulation: the bits have to be the same.
set -eu
cd "$(dirname "$0")/.."
. scripts/kernel-hashes.bash
need qemu-aarch64 qemu-user
need aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu libc6-dev-arm64-cross
# Static, so that no dynamic linker of that processor is looked for.
build --target=aarch64-linux-gnu -static -fuse-ld=lld
qemu-aarch64 "$program" portable >"$found"
compare "on an emulated arm64"
