#!/usr/bin/env bash
# Longer proofs than the tests: every variant and ensemble, all transfers and shares go through the
# published form of ptb, 14,552 generated rows in two files, at full size for one epoch each, into
# a report that is marked as synthetic; a second run trains nothing and gives the same bytes.
# About half an hour on two cores. Arguments are handed on, for example --variants baseline.
set -eu
cd "$(dirname "$0")/.."

detectron=.build/release/detectron
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DETECTRON_STORE=$work/store

fail() {
  echo "soak: $1" >&2
  exit 1
}

report() {
  "$detectron" report --data "$work/data" --tasks synthetic ptb --epochs 1 --shares 5 25 \
    --report-dir "$1/report" --figures-dir "$1/figures" "${@:2}"
}

"$detectron" data synthesize ptb --out "$work/data"
report "$work/first" "$@"
grep -q "synthetic signal" "$work/first/report/project_report.md" || fail "the report is not marked"
grep -Eq "11[,.]?641" "$work/first/report/project_report.md" || fail "the published split is not there"
before=$(find "$work/store/cells" -name manifest.json | wc -l)
report "$work/second" "$@"
[ "$before" = "$(find "$work/store/cells" -name manifest.json | wc -l)" ] ||
  fail "the second run trained"
diff -r "$work/first" "$work/second" || fail "the second run gave other bytes"
echo "soak: $before cells, the same report twice"
