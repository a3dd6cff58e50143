# Sourced by the other scripts: installs packages of the system.

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif [ -t 0 ]; then
    sudo "$@"
  else
    sudo -n "$@" # nobody is there to type a password
  fi
}

# Packages by the names that Debian and Ubuntu give them.
apt_install() {
  if ! command -v apt-get >/dev/null; then
    echo "error: packages are missing that Debian and Ubuntu name $*;" \
      "install them with this system's package manager, then run this again" >&2
    exit 69
  fi
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    echo "error: missing are $*, and installing needs root or sudo;" \
      "run as root: apt-get install $*" >&2
    exit 69
  fi
  echo "Installing with apt: $*"
  { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@"; } || {
    echo "error: apt could not install $*; install them by hand, then run this again" >&2
    exit 69
  }
}
