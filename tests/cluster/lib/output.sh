# shellcheck shell=bash
# Progress lines, failures, and waiting for a condition with an end.

say() {
  printf '[%3d s] %s\n' "$SECONDS" "$*" >&2
}

fail() {
  printf 'cluster: %s\n' "$*" >&2
  exit 1
}

# wait_until SECONDS WHAT COMMAND...: returns 1 when the time is over.
wait_until() {
  local limit=$1 what=$2
  shift 2
  local deadline=$((SECONDS + limit))
  until "$@" >/dev/null 2>&1; do
    if ((SECONDS >= deadline)); then
      printf 'cluster: waited %d s in vain: %s\n' "$limit" "$what" >&2
      return 1
    fi
    sleep 0.1
  done
}
