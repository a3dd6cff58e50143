# Sourced by the scripts that run the kernels on other processors: builds the program that prints
# the kernels' hashes and compares what it prints with the golden values.
. scripts/apt.bash
golden=Tests/TensorsTests/Golden/kernel-hashes.txt
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
program=$folder/kernel-hashes
found=$folder/found.txt

# need COMMAND PACKAGE…: installs the packages where the command is missing.
need() {
  local command=$1
  shift
  command -v "$command" >/dev/null || apt_install "$@"
}

# build OPTION…: with clang, for which the kernels are written; Swift brings one.
build() {
  local clang
  clang=$(PATH=$PATH:/opt/swift/usr/bin command -v clang) || {
    echo "error: no clang found; put the folder of Swift's clang into PATH" >&2
    exit 69
  }
  "$clang" -O2 -Wall -Wextra -ISources/CKernels/include -ITests/KernelCases/include "$@" \
    Sources/CKernels/*.c Tests/KernelCases/KernelCases.c scripts/kernel_hashes.c -lm -o "$program"
}

compare() {
  diff "$golden" "$found" || {
    echo "error: the kernels named above have other bits $1" >&2
    exit 1
  }
  echo "All $(wc -l <"$golden") kernels have the golden bits $1."
}
