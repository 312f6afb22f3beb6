# shellcheck shell=bash
# `up`, `status` and `kubeconfig`.

cluster_up() {
  require_root up
  take_lock
  install_tools
  if cluster_is_up; then
    say "already up"
  else
    ensure_kubernetes
    start_cluster
  fi
  echo "$kubeconfig"
}

start_cluster() {
  refuse_foreign_bridge
  remove_cluster
  trap give_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  umask 077
  mkdir -p "$logs" "$state_dir/pids"
  pick_ports
  create_credentials
  create_bridge
  write_node_configuration
  start_namespace
  start_everything
  trap - EXIT INT TERM
  say "up: $(kube version --output json 2>/dev/null | jq --raw-output '"Kubernetes " + .serverVersion.gitVersion')"
}

start_everything() {
  say "starting etcd, containerd and the apiserver"
  start_etcd
  start_containerd
  start_apiserver
  wait_for containerd 30 "containerd answers" containerd_client version
  import_pause_image
  wait_for kube-apiserver 60 "the apiserver is ready" apiserver_is_ready
  say "starting the controllers, the scheduler and kubelet"
  start_controllers
  start_kubelet
  wait_for kubelet 60 "the node is Ready" node_is_ready
  wait_for kube-controller-manager 60 "namespaces and service accounts are there" controllers_are_at_work
}

# Runs when start_cluster ends early, for whatever reason.
give_up() {
  local exit_code=$?
  trap - EXIT
  if [[ -n ${culprit:-} ]]; then
    show_log "$culprit"
  fi
  say "could not start the cluster; taking it down"
  remove_cluster
  exit $((exit_code == 0 ? 1 : exit_code))
}

cluster_is_up() {
  local component
  for component in namespace "${components[@]}"; do
    living_pid "$component" >/dev/null || return 1
  done
  apiserver_is_ready 2>/dev/null && node_is_ready
}

cluster_status() {
  local component state
  for component in "${components[@]}"; do
    state="not running"
    if living_pid "$component" >/dev/null; then
      state=running
    fi
    printf '%-25s%s\n' "$component" "$state"
  done
  cluster_is_up || fail "the cluster is not up"
  printf '%-25s%s\n' kubeconfig "$kubeconfig"
}

print_kubeconfig_path() {
  [[ -r $kubeconfig ]] || fail "there is no $kubeconfig: run '$0 up'"
  echo "$kubeconfig"
}
