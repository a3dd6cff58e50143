#!/usr/bin/env bash
# Installs the system packages that the build needs and that are missing, and nothing else.
set -eu
cd "$(dirname "$0")"
. ./apt.bash

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

packages=$(missing_packages | xargs)
# shellcheck disable=SC2086 # one word a package
[ -z "$packages" ] || apt_install $packages

./swift.sh
