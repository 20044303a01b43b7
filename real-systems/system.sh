# What the scripts of all systems share; each sources it first. It leaves them in their own folder, with a scratch folder
# in $work that vanishes with them, and with the library installed where Maven looks for it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[1]}")"

system=$(basename "$PWD")
work=$(mktemp -d)
started=()

stop() {
  for process in ${started[@]+"${started[@]}"}; do
    kill "$process" 2> /dev/null || true
  done
  rm -rf "$work"
}
trap stop EXIT

not_run() {
  echo "real-systems/$system: not run ($1)"
  [ "${REAL_SYSTEMS_REQUIRED:-0}" != 1 ] || exit 1
  exit 0
}

# needs COMMAND...: says which one is missing.
needs() {
  for command in "$@"; do
    command -v "$command" > /dev/null || not_run "$command is missing"
  done
}

# library MODULE...: installs the modules of the library that a system's own project uses, if the caller has not.
library() {
  [ "${LIBRARY_INSTALLED:-0}" = 1 ] || (cd ../.. && ./mvnw -B -q -Dquick -DskipTests -pl "$(IFS=,; echo "$*")" -am install)
}

# free_port: a port of loopback that nobody has now.
free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
