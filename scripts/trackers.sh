#!/usr/bin/env bash
# Prints a Python that has MLflow and TensorBoard, for the test that opens exports with them; makes
# it once, in the user's cache, from PyPI: some 100 s and 300 MB.
set -eu

python=${XDG_CACHE_HOME:-$HOME/.cache}/detectron/trackers/bin/python
if ! "$python" -c 'import mlflow, tensorboard' 2>/dev/null; then
  folder=${python%/bin/python}
  rm -rf "$folder"
  mkdir -p "$folder"
  { python3 -m venv "$folder" && timeout "${DETECTRON_PIP_LIMIT:-600}" "$python" -m pip install \
    --quiet --disable-pip-version-check tensorboard mlflow-skinny; } >&2 || {
    echo "error: MLflow and TensorBoard cannot be had from PyPI; the test that opens exports with" \
      "them is left out" >&2
    exit 69
  }
fi
printf '%s\n' "$python"
