# shellcheck shell=bash
# Certificates, tokens and kubeconfigs, new at each `up` and gone at `down`.

create_credentials() {
  mkdir -p "$state_dir/pki"
  create_authority
  create_certificate apiserver "DNS:localhost,DNS:kubernetes.default.svc,IP:127.0.0.1"
  create_certificate apiserver-to-kubelet "DNS:apiserver"
  openssl ecparam -name prime256v1 -genkey -noout -out "$state_dir/pki/service-accounts.key"
  : >"$state_dir/tokens.csv"
  add_user "$kubeconfig" admin system:masters
  add_user "$restricted_kubeconfig" restricted
  add_user "$state_dir/kube-controller-manager.kubeconfig" system:kube-controller-manager
  add_user "$state_dir/kube-scheduler.kubeconfig" system:kube-scheduler
  add_user "$state_dir/kubelet.kubeconfig" "system:node:$node_name" system:nodes
}

create_authority() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -subj "/CN=dify-upgrade test authority" \
    -keyout "$state_dir/pki/ca.key" -out "$state_dir/pki/ca.crt" 2>/dev/null
}

create_certificate() {
  local name=$1 subject_names=$2
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -subj "/CN=$name" \
    -CA "$state_dir/pki/ca.crt" -CAkey "$state_dir/pki/ca.key" \
    -addext "basicConstraints=critical,CA:false" -addext "subjectAltName=$subject_names" \
    -addext "extendedKeyUsage=serverAuth,clientAuth" \
    -keyout "$state_dir/pki/$name.key" -out "$state_dir/pki/$name.crt" 2>/dev/null
}

# add_user FILE USER [GROUP]: a token for the apiserver and the kubeconfig that holds it.
add_user() {
  local file=$1 user=$2 group=${3:-} token
  token=$(openssl rand -hex 32)
  echo "$token,$user,$user${group:+,\"$group\"}" >>"$state_dir/tokens.csv"
  cat >"$file" <<END
apiVersion: v1
kind: Config
clusters:
  - name: $context_name
    cluster:
      server: https://127.0.0.1:$apiserver_port
      certificate-authority-data: $(base64 --wrap=0 "$state_dir/pki/ca.crt")
users:
  - name: $user
    user:
      token: $token
contexts:
  - name: $context_name
    context:
      cluster: $context_name
      user: $user
current-context: $context_name
END
}
