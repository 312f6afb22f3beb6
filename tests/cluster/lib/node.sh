# shellcheck shell=bash
# containerd and kubelet, configured from the templates in config/.

write_node_configuration() {
  local template
  for template in containerd.toml kubelet.yaml cni/bridge.conflist registries/{_default,127.0.0.1_27187_}/hosts.toml; do
    mkdir -p "$(dirname "$state_dir/config/$template")"
    sed -e "s|@state@|$state_dir|g" -e "s|@node_packages@|$node_packages|g" \
      -e "s|@bridge@|$bridge|g" -e "s|@node_address@|$node_address|g" -e "s|@pod_network@|$pod_network|g" \
      -e "s|@pause_image@|$pause_image|g" -e "s|@snapshotter@|$(snapshotter)|g" \
      "$here/config/$template" >"$state_dir/config/$template"
  done
  # Pods get name resolution that answers nothing instead of the machine's own.
  : >"$state_dir/config/resolv.conf"
}

# overlayfs does not stack on itself: where the machine is a container, files have to be copied.
snapshotter() {
  if [[ $(stat --file-system --format %T "$state_dir") == overlayfs ]]; then
    echo native
  else
    echo overlayfs
  fi
}

start_containerd() {
  start_component containerd containerd --config "$state_dir/config/containerd.toml" --log-level warn
}

start_kubelet() {
  start_component kubelet "$kubernetes/kubelet" --config "$state_dir/config/kubelet.yaml" \
    --kubeconfig "$state_dir/kubelet.kubeconfig" --hostname-override "$node_name" --node-ip "$node_address" \
    --container-runtime remote --container-runtime-endpoint "unix://$containerd_socket"
}

containerd_client() {
  "$node_packages/usr/bin/ctr" --address "$containerd_socket" --namespace k8s.io "$@"
}

# Only empty ones can be removed, so a group in which another kubelet keeps processes is safe.
remove_cgroups() {
  find /sys/fs/cgroup -depth -type d \( -name kubepods -o -path '*/kubepods/*' \) -exec rmdir {} + 2>/dev/null || true
}
