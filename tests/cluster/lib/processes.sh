# shellcheck shell=bash
# Every component runs in one PID and mount namespace, so killing the namespace's first process ends
# kubelet, containerd, its shims and all pods at once, and takes their mounts along. This is what lets
# `down` promise that nothing is left, also after a crash.

# A pid alone may belong to somebody else by now; its start time tells them apart.
start_time_of() {
  local stat fields
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  read -ra fields <<<"${stat##*) }"
  # A zombie is dead, and nobody may ever collect it once its parent is gone.
  [[ ${fields[0]} != Z ]] || return 1
  echo "${fields[19]}"
}

remember_process() {
  local name=$1 pid=$2
  echo "$pid $(start_time_of "$pid")" >"$state_dir/pids/$name"
  # Or bash would announce its end in the middle of our own messages.
  disown "$pid"
}

# Prints the pid of a remembered process if that very process is still alive.
living_pid() {
  local pid started
  read -r pid started 2>/dev/null <"$state_dir/pids/$1" || return 1
  [[ $(start_time_of "$pid") == "$started" ]] || return 1
  echo "$pid"
}

# The folders whose paths are compiled into kubelet, containerd and the CNI plugins. Inside the
# namespace each is a private one below the state folder; outside only an empty mount point appears.
private_folders=(/run/containerd /run/netns /var/lib/cni /var/lib/kubelet /var/log/pods /var/log/containers)

start_namespace() {
  local folder
  for folder in "${private_folders[@]}"; do
    [[ -d $folder ]] || echo "$folder" >>"$state_dir/added-folders"
    mkdir -p "$folder"
  done
  setsid unshare --mount --propagation private --pid --fork --kill-child --mount-proc \
    bash "$here/lib/namespace-init.sh" "$state_dir" "${private_folders[@]}" \
    >"$logs/namespace.log" 2>&1 </dev/null {lock}>&- &
  remember_process namespace $!
  wait_for namespace 10 "the namespaces of the node" test -e "$state_dir/namespace-ready"
}

# Replaces the calling (sub)shell by a command inside the namespaces. The environment is a clean one:
# a proxy set for the shell must not come between apiserver and kubelet.
exec_in_namespace() {
  local holder
  holder=$(living_pid namespace) || fail "the cluster is not up"
  exec setsid nsenter --mount="/proc/$holder/ns/mnt" --pid="/proc/$holder/ns/pid_for_children" -- \
    env -i PATH="$node_packages/usr/bin:$node_packages/usr/sbin:/usr/sbin:/usr/bin:/sbin:/bin" "$@"
}

# start_component NAME COMMAND...
start_component() {
  local name=$1
  shift
  (
    umask 022
    exec_in_namespace "$@"
  ) >"$logs/$name.log" 2>&1 </dev/null {lock}>&- &
  remember_process "$name" $!
}

# wait_for COMPONENT SECONDS WHAT COMMAND...: ends the script when the component dies or time is over.
wait_for() {
  local component=$1 limit=$2 what=$3
  shift 3
  culprit=$component
  wait_until "$limit" "$what" holds_or_dead "$component" "$@" || exit 1
  living_pid "$component" >/dev/null || fail "$component has died"
  culprit=
}

holds_or_dead() {
  local component=$1
  shift
  "$@" || ! living_pid "$component"
}

show_log() {
  local name=$1
  [[ -s $logs/$name.log ]] || return 0
  printf -- '--- last lines of %s ---\n' "$name" >&2
  # A Kubernetes program that gives up says why and then dumps all its stacks.
  sed '/^goroutine [0-9]/,$d' "$logs/$name.log" | tail -n 20 >&2
}
