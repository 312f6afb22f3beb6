# shellcheck shell=bash
# The first process of the node's namespaces: gives kubelet and containerd private copies of the
# folders whose paths are compiled into them, then waits. As pid 1 it reaps what they leave behind.
set -euo pipefail

state_dir=$1
shift

for folder in "$@"; do
  mkdir -p "$state_dir/node$folder"
  mount --bind "$state_dir/node$folder" "$folder"
done

# kubelet sets these for the whole machine. It gets files to write to, so the machine keeps its own.
for setting in vm/overcommit_memory vm/panic_on_oom kernel/panic kernel/panic_on_oops \
  kernel/keys/root_maxkeys kernel/keys/root_maxbytes; do
  copy=$state_dir/node/proc/sys/$setting
  mkdir -p "${copy%/*}"
  cat "/proc/sys/$setting" >"$copy"
  mount --bind "$copy" "/proc/sys/$setting"
done

touch "$state_dir/namespace-ready"
while :; do
  sleep 3600 &
  wait $! || true
done
