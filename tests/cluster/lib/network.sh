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

# Three of them, from below the range that the kernel hands out for outgoing connections.
pick_ports() {
  local port free=()
  for port in $(shuf --input-range 20000-29999 --head-count 100); do
    [[ -n $(ss --no-header --listening --numeric --tcp "sport = :$port") ]] || free+=("$port")
    [[ ${#free[@]} -lt 3 ]] || break
  done
  [[ ${#free[@]} -eq 3 ]] || fail "found no free ports between 20000 and 29999"
  apiserver_port=${free[0]} etcd_port=${free[1]} etcd_peer_port=${free[2]}
}
