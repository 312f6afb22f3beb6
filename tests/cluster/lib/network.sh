# shellcheck shell=bash
# The bridge that joins pods and node. kubelet probes the pods through it; it leads nowhere else.
# No address translation, so iptables stays untouched.

create_bridge() {
  local taken
  taken=$(ip -oneline address show to "$pod_network")
  [[ -z $taken ]] || fail "the pods' network $pod_network is in use already: $taken"
  ip link add "$bridge" type bridge
  # Lets `down` and `up` tell whose bridge they see.
  ip link set dev "$bridge" alias "$state_dir"
  ip address add "$node_address/24" dev "$bridge"
  ip link set "$bridge" up
}

bridge_owner() {
  { ip -json link show dev "$bridge" 2>/dev/null || true; } | jq --raw-output '.[0].ifalias // ""'
}

refuse_foreign_bridge() {
  local owner
  owner=$(bridge_owner)
  [[ -z $owner || $owner == "$state_dir" ]] ||
    fail "another cluster is up in $owner. Stop it: DIFY_UPGRADE_CLUSTER_DIR=$owner $0 down"
}

delete_bridge() {
  if [[ $(bridge_owner) == "$state_dir" ]]; then
    ip link delete "$bridge"
  fi
}

# Below the range that the kernel hands out for outgoing connections.
free_port() {
  local port
  for _ in {1..100}; do
    port=$((20000 + RANDOM % 10000))
    [[ -z $(ss --no-header --listening --numeric --tcp "sport = :$port") ]] || continue
    echo "$port"
    return
  done
  fail "found no free port between 20000 and 29999"
}
