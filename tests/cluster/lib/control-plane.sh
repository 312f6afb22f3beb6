# shellcheck shell=bash
# etcd, kube-apiserver, kube-controller-manager and kube-scheduler.

start_etcd() {
  start_component etcd etcd --name node --data-dir "$state_dir/etcd" \
    --listen-client-urls "http://127.0.0.1:$etcd_port" --advertise-client-urls "http://127.0.0.1:$etcd_port" \
    --listen-peer-urls "http://127.0.0.1:$etcd_peer_port" --initial-advertise-peer-urls "http://127.0.0.1:$etcd_peer_port" \
    --initial-cluster "node=http://127.0.0.1:$etcd_peer_port" --logger zap --log-level warn
}

# The `kubernetes` Service stays without endpoints: the apiserver listens on loopback, out of the pods'
# reach, and refuses to announce that address.
start_apiserver() {
  local pki=$state_dir/pki
  start_component kube-apiserver "$kubernetes/kube-apiserver" \
    --etcd-servers "http://127.0.0.1:$etcd_port" \
    --bind-address 127.0.0.1 --secure-port "$apiserver_port" \
    --advertise-address "$node_address" --endpoint-reconciler-type none \
    --service-cluster-ip-range "$service_network" \
    --tls-cert-file "$pki/apiserver.crt" --tls-private-key-file "$pki/apiserver.key" \
    --kubelet-client-certificate "$pki/apiserver-to-kubelet.crt" \
    --kubelet-client-key "$pki/apiserver-to-kubelet.key" \
    --kubelet-preferred-address-types InternalIP \
    --token-auth-file "$state_dir/tokens.csv" --anonymous-auth=false \
    --authorization-mode Node,RBAC --disable-admission-plugins ServiceAccount \
    --service-account-issuer https://kubernetes.default.svc \
    --service-account-key-file "$pki/service-accounts.key" \
    --service-account-signing-key-file "$pki/service-accounts.key"
}

start_controllers() {
  start_component kube-controller-manager "$kubernetes/kube-controller-manager" \
    --kubeconfig "$state_dir/kube-controller-manager.kubeconfig" \
    --bind-address 127.0.0.1 --port 0 --secure-port 0 --leader-elect=false --use-service-account-credentials \
    --service-account-private-key-file "$state_dir/pki/service-accounts.key" \
    --root-ca-file "$state_dir/pki/ca.crt" --kube-api-qps 100 --kube-api-burst 200
  start_component kube-scheduler "$kubernetes/kube-scheduler" \
    --kubeconfig "$state_dir/kube-scheduler.kubeconfig" \
    --bind-address 127.0.0.1 --port 0 --secure-port 0 --leader-elect=false
}

kube() {
  kubectl --kubeconfig "$kubeconfig" --cache-dir "$state_dir/kubectl-cache" --request-timeout 5s "$@"
}

apiserver_is_ready() {
  [[ $(kube get --raw /readyz) == ok ]]
}

controllers_are_at_work() {
  kube --namespace default get serviceaccount default --output name &&
    kube get namespace kube-system kube-public --output name
}

node_is_ready() {
  [[ $(kube get node "$node_name" --output 'jsonpath={.status.conditions[?(@.type=="Ready")].status}') == True ]] &&
    [[ -z $(kube get node "$node_name" --output 'jsonpath={.spec.taints}') ]]
}
