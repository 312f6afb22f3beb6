# shellcheck shell=bash
# One lock for everything that changes the cache or the cluster. There is one bridge per machine,
# so two clusters with different state folders must not start at once either.

take_lock() {
  mkdir -p "$cache_dir"
  exec {lock}>"$cache_dir/lock"
  if ! flock --nonblock "$lock"; then
    say "another call is at work; waiting for it"
    flock "$lock"
  fi
}

require_root() {
  [[ $EUID -eq 0 ]] || fail "'$1' needs root: it makes namespaces, mounts and a network bridge"
}
