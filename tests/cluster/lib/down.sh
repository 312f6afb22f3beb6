# shellcheck shell=bash
# `down`, and the cleaning up that `up` does after a crash.

cluster_down() {
  require_root down
  take_lock
  refuse_foreign_bridge
  if [[ ! -e $state_dir && -z $(bridge_owner) ]]; then
    say "already down"
    return
  fi
  remove_cluster
  say "down, nothing left but the cache in $cache_dir"
}

remove_cluster() {
  kill_namespace
  delete_bridge
  remove_cgroups
  remove_state
}

kill_namespace() {
  local holder namespace
  holder=$(living_pid namespace) || return 0
  namespace=$(readlink "/proc/$holder/ns/pid_for_children")
  kill -KILL "$holder"
  wait_until 30 "the end of all processes of the cluster" namespace_is_empty "$namespace" || exit 1
}

namespace_is_empty() {
  local process
  for process in /proc/[0-9]*; do
    [[ $(readlink "$process/ns/pid") != "$1" ]] || return 1
  done
}

# The mounts lived in the namespace and are gone with it; should one be left after all, it is not
# descended into.
remove_state() {
  local folder left
  [[ -e $state_dir ]] || return 0
  [[ -e $state_dir/pids || -z $(ls -A "$state_dir") ]] ||
    fail "$state_dir does not look like a cluster's state folder, not removing it"
  if [[ -e $state_dir/added-folders ]]; then
    while read -r folder; do
      rmdir --ignore-fail-on-non-empty "$folder" 2>/dev/null || true
    done <"$state_dir/added-folders"
  fi
  rm -rf --one-file-system "$state_dir"
  left=$(awk -v prefix="$state_dir/" 'index($2, prefix) == 1 { print $2 }' /proc/mounts)
  [[ -z $left ]] || fail "still mounted: $left"
}
