#!/usr/bin/env bash
# Runs Swift 6.3 or newer from where it usually lies; says so clearly if there is none.
set -eu

find_swift() {
  local candidate
  for candidate in "$(command -v swift || true)" /opt/swift/usr/bin/swift \
    "${SWIFTLY_BIN_DIR:-$HOME/.swiftly/bin}/swift" "$HOME/.local/share/swiftly/bin/swift"; do
    [ -n "$candidate" ] && [ -x "$candidate" ] && { printf '%s\n' "$candidate"; return; }
  done
  return 1
}

swift=$(find_swift) || {
  echo "error: no Swift found in PATH, /opt/swift/usr/bin or ~/.swiftly/bin;" \
    "install Swift 6.3 or newer from https://www.swift.org/install" >&2
  exit 69
}

version=$("$swift" --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+)\.([0-9]+).*/\1 \2/p' | head -n 1)
read -r major minor <<<"${version:-0 0}"
if [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 3 ]; }; then
  echo "error: $swift is version $major.$minor, 6.3 or newer is needed;" \
    "install it from https://www.swift.org/install" >&2
  exit 69
fi

[ "$#" -gt 0 ] || exit 0
exec "$swift" "$@"
