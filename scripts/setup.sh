#!/usr/bin/env bash
# Installs the system packages that the build needs and that are missing, and nothing else.
set -eu
cd "$(dirname "$0")"

font=/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf

missing_packages() {
  if ! command -v pkg-config >/dev/null; then
    # Without it nothing can be asked; apt passes over what is there already.
    echo pkg-config libcairo2-dev libpango1.0-dev libfontconfig1-dev zlib1g-dev
  else
    pkg-config --exists cairo || echo libcairo2-dev
    pkg-config --exists pangocairo pangoft2 || echo libpango1.0-dev
    pkg-config --exists fontconfig || echo libfontconfig1-dev
    pkg-config --exists zlib || echo zlib1g-dev
  fi
  [ -e "$font" ] || fc-list 2>/dev/null | grep -q 'DejaVuSans\.ttf' || echo fonts-dejavu-core
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif [ -t 0 ]; then
    sudo "$@"
  else
    sudo -n "$@" # nobody is there to type a password
  fi
}

packages=$(missing_packages | xargs)
if [ -n "$packages" ]; then
  if ! command -v apt-get >/dev/null; then
    echo "error: missing are the libraries cairo, pango, fontconfig or zlib with their headers," \
      "pkg-config, or the DejaVu fonts; Debian and Ubuntu name them: $packages." \
      "Install them with this system's package manager, then run make again" >&2
    exit 69
  fi
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    echo "error: missing are $packages, and installing needs root or sudo;" \
      "run as root: apt-get install $packages" >&2
    exit 69
  fi
  echo "Installing with apt: $packages"
  # shellcheck disable=SC2086 # one word a package
  { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends $packages; } || {
    echo "error: apt could not install $packages; install them by hand, then run make again" >&2
    exit 69
  }
fi

./swift.sh
