#!/usr/bin/env bash
# Runs that survive anything and repeat bit for bit, at the size of the claim: a small full run
# (two variants and their ensemble on generated signals, with its report)
#   - killed with SIGKILL at random moments, KILLS times (1000): every restart has to go on, every
#     report that is finished has to be the same bytes;
#   - with trainings of two minutes, killed after 35 to 100 s, LONG_KILLS times (20; half an hour), so
#     that each restart goes on from a checkpoint: the same bytes of the cell;
#   - by PROCESSES processes (8) on one store at once: nothing is trained twice;
#   - in 2 directories, 2 time zones, 2 locales, with 1 and 2 workers (REPEATS=1, 0 leaves it out):
#     one hash of all files;
#   - with every operation on the disk failing in turn (FAULTS=1, 0 leaves it out), as tests.
# SEED (1) chooses the moments. The last lines are the figures.
set -eu
cd "$(dirname "$0")/.."

kills=${KILLS:-1000}
long_kills=${LONG_KILLS:-20}
processes=${PROCESSES:-8}
detectron=$PWD/.build/release/detectron
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
RANDOM=${SEED:-1}
# What was drawn before is remembered there.
export XDG_CACHE_HOME=$work/cache

fail() {
  echo "soak: $1" >&2
  exit 1
}

# report FOLDER ARGUMENT…: becomes the small full run in a folder, its store beside it. Call it in
# a subshell; in the background that is the process itself, so that a kill hits the program.
report() {
  cd "$1"
  exec env LC_ALL="${locale:-C.UTF-8}" "$detectron" report --tasks synthetic-binary \
    --variants vanilla-mlp vanilla-cnn ensemble-mean --epochs 1 --store store \
    --report-dir report --figures-dir figures "${@:2}"
}

# Hash of report and figures below a folder.
digest() {
  (cd "$1" && find report figures -type f | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c 1-64)
}

milliseconds() { date +%s%3N; }

mkdir "$work/first"
started=$(milliseconds)
(report "$work/first") >/dev/null 2>&1 || fail "the undisturbed run failed"
duration=$(($(milliseconds) - started))
expected=$(digest "$work/first")

done_kills=0
finished=0
while [ "$done_kills" -lt "$kills" ]; do
  rm -rf "$work/killed"
  mkdir "$work/killed"
  while :; do
    report "$work/killed" >/dev/null 2>"$work/messages" &
    process=$!
    if [ "$done_kills" -lt "$kills" ]; then
      delay=$((RANDOM * duration / 32768))
      sleep "$((delay / 1000)).$(printf %03d $((delay % 1000)))"
      kill -9 "$process" 2>/dev/null || true
    fi
    status=0
    wait "$process" 2>/dev/null || status=$?
    [ "$status" = 137 ] || break
    done_kills=$((done_kills + 1))
    # On a machine that has become slower no run would end before its kill any more.
    [ $((done_kills % 10)) != 0 ] || duration=$((duration + duration / 10))
  done
  [ "$status" = 0 ] || fail "after $done_kills kills: $(tail -n 1 "$work/messages")"
  [ "$(digest "$work/killed")" = "$expected" ] || fail "after $done_kills kills: other bytes"
  [ -z "$(find "$work/killed" -name '*.partial')" ] || fail "temporary files were left"
  "$detectron" store check --store "$work/killed/store" >/dev/null 2>&1 || fail "a damaged store"
  finished=$((finished + 1))
  duration=$((duration - duration / 50))
  echo "soak: $done_kills of $kills kills, $finished runs finished" >&2
done

# long COMMAND FOLDER ARGUMENT…: a single training that no patience ends early, in a folder's store.
long() {
  exec "$detectron" "$1" --tasks synthetic-binary --variants transformer --recipes published \
    --store "$2/store" --workers 1 "${@:3}"
}

# Hash of what is computed of the cells below a folder.
cells() {
  (cd "$1/store/cells" && find . -type f ! -name timing.json | LC_ALL=C sort | xargs sha256sum |
    sha256sum | cut -c 1-64)
}

long_done=0
long_finished=0
if [ "$long_kills" -gt 0 ]; then
  seconds=$( (long plan "$work/long" --epochs 2 --json) |
    sed -n 's/.*"secondsPerEpoch" : \([0-9.]*\).*/\1/p' | head -n 1)
  # Patience is 60 epochs.
  epochs=$(awk -v seconds="$seconds" 'BEGIN {
    count = int(120 / seconds + 1); print (count > 60 ? 60 : count < 2 ? 2 : count) }')
  started=$(milliseconds)
  (long run "$work/long" --epochs "$epochs") >/dev/null 2>&1 || fail "the long training failed"
  long_duration=$(($(milliseconds) - started))
  [ "$long_duration" -gt 60000 ] || fail "$epochs epochs took $long_duration ms, too few to be killed"
  long_expected=$(cells "$work/long")
fi
while [ "$long_done" -lt "$long_kills" ]; do
  rm -rf "$work/killed"
  while :; do
    long run "$work/killed" --epochs "$epochs" >/dev/null 2>"$work/messages" &
    process=$!
    if [ "$long_done" -lt "$long_kills" ]; then
      sleep $((35 + RANDOM * 66 / 32768))
      kill -9 "$process" 2>/dev/null || true
    fi
    status=0
    wait "$process" 2>/dev/null || status=$?
    ! grep -q 'begins anew' "$work/messages" || fail "a checkpoint was not gone on from"
    [ "$status" = 137 ] || break
    long_done=$((long_done + 1))
    [ -n "$(ls "$work/killed/store/checkpoints")" ] || fail "no checkpoint after 35 s or more"
  done
  [ "$status" = 0 ] || fail "after $long_done long kills: $(tail -n 1 "$work/messages")"
  [ "$(cells "$work/killed")" = "$long_expected" ] || fail "after $long_done long kills: other bytes"
  long_finished=$((long_finished + 1))
  echo "soak: $long_done of $long_kills kills of a long training, $long_finished finished" >&2
done

if [ "$processes" -gt 0 ]; then
  mkdir "$work/shared"
  for number in $(seq "$processes"); do
    (
      cd "$work/shared"
      exec "$detectron" run --tasks synthetic-binary --variants vanilla-mlp vanilla-cnn \
        ensemble-mean --epochs 1 --store store
    ) >"$work/output.$number" 2>"$work/messages.$number" &
    eval "process_$number=$!"
  done
  for number in $(seq "$processes"); do
    eval "wait \$process_$number" || fail "process $number of $processes failed"
  done
  [ "$(sort -u "$work"/output.* | wc -l)" = 1 ] || fail "the processes made different runs"
  [ "$(cat "$work"/messages.* | grep -c ': training$')" = 3 ] || fail "something was trained twice"
fi

runs=0
# Decimal commas and letters without dots; without it, only the name of the locale is tried.
other=tr_TR.UTF-8
locale -a 2>/dev/null | grep -qix 'tr_TR.utf-\?8' || missing=" ($other is not installed)"
if [ "${REPEATS:-1}" = 1 ]; then
  for folder in "$work/one" "$work/another place/ü"; do
    for zone in UTC Pacific/Auckland; do
      for locale in C.UTF-8 "$other"; do
        for workers in 1 2; do
          rm -rf "$folder"
          mkdir -p "$folder"
          (TZ=$zone report "$folder" --workers "$workers") >/dev/null 2>&1 ||
            fail "the run in $folder, $zone, $locale, $workers workers failed"
          [ "$(digest "$folder")" = "$expected" ] ||
            fail "other bytes in $folder, $zone, $locale, $workers workers"
          runs=$((runs + 1))
        done
      done
    done
  done
fi

if [ "${FAULTS:-1}" = 1 ]; then
  DETECTRON_SOAK=1 scripts/swift.sh test -c release -Xswiftc -enable-testing \
    --filter "ReliabilityTests|KillTests" >"$work/tests" 2>&1 || fail "$(tail -n 20 "$work/tests")"
fi

echo "soak: $done_kills kills of a run of $duration ms, $finished runs finished, the same bytes each"
echo "soak: $long_done kills of a training of ${long_duration:-0} ms, gone on from checkpoints," \
  "$long_finished finished, the same bytes each"
echo "soak: $processes processes on one store, nothing trained twice"
echo "soak: $runs directories, zones, locales${missing:-} and workers: $expected"
