# shellcheck shell=bash
# Debian packages: tools are installed; what the node runs is only unpacked into the cache, because
# installing etcd-server or containerd would also start their services on a machine with systemd.

apt() {
  apt-get --quiet=2 --option APT::Sandbox::User=root --option Dpkg::Use-Pty=0 "$@" >/dev/null
}

update_package_lists() {
  [[ -z ${package_lists_updated:-} ]] || return 0
  apt update
  package_lists_updated=yes
}

# install_missing PACKAGE...
install_missing() {
  local package missing=()
  for package in "$@"; do
    dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
      missing+=("$package")
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  say "installing ${missing[*]}"
  update_package_lists
  DEBIAN_FRONTEND=noninteractive apt install --yes --no-install-recommends "${missing[@]}"
}

install_tools() {
  install_missing iproute2 jq libseccomp2 openssl util-linux
  command -v kubectl >/dev/null || install_missing kubernetes-client
}

# unpack_packages FOLDER PACKAGE...: downloads them and unpacks their files, installing nothing.
unpack_packages() {
  local folder=$1 archive
  shift
  update_package_lists
  mkdir -p "$folder.archives"
  (cd "$folder.archives" && apt download "$@")
  for archive in "$folder.archives"/*.deb; do
    dpkg-deb --extract "$archive" "$folder"
  done
  rm -rf "$folder.archives"
}
