# shellcheck shell=bash disable=SC2034
# Where things are and what they are called. Read by every other part.

cache_dir=${XDG_CACHE_HOME:-${HOME:?}/.cache}/dify-upgrade
state_dir=${DIFY_UPGRADE_CLUSTER_DIR:-${TMPDIR:-/tmp}/dify-upgrade-cluster}
state_dir=$(realpath --canonicalize-missing "$state_dir")

logs=$state_dir/logs
kubeconfig=$state_dir/kubeconfig
restricted_kubeconfig=$state_dir/restricted.kubeconfig
containerd_socket=$state_dir/containerd.sock

context_name=dify-upgrade-test
node_name=node
bridge=dify-upgrade0
node_address=10.244.0.1
pod_network=10.244.0.0/24
service_network=10.96.0.0/16
pause_image=localhost/pause:1

components=(etcd containerd kube-apiserver kube-controller-manager kube-scheduler kubelet)
