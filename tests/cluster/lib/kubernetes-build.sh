# shellcheck shell=bash
# Builds Kubernetes from Debian's source package, once, into the cache. Debian has no binary packages
# of the apiserver, controller-manager, scheduler and kubelet.

kubernetes_programs=(kube-apiserver kube-controller-manager kube-scheduler kubelet)

# Counts what is changed below: a build in the cache without the changes is not taken.
kubernetes_changes=2

# Sets kubernetes_dir, kubernetes and node_packages when the cache holds a finished build.
find_kubernetes() {
  kubernetes_dir=$(find "$cache_dir" -mindepth 1 -maxdepth 1 -name "kubernetes-*+changes$kubernetes_changes" 2>/dev/null | sort --version-sort | tail -n 1)
  [[ -n $kubernetes_dir ]] || return 1
  kubernetes=$kubernetes_dir/bin
  node_packages=$kubernetes_dir/node
}

ensure_kubernetes() {
  if find_kubernetes; then
    say "using the cached ${kubernetes_dir##*/}"
    return
  fi
  say "nothing in the cache: building Kubernetes, about 5 minutes on 2 cores, once"
  install_missing dpkg-dev golang-go make rsync
  local building=$cache_dir/building
  rm -rf "$building"
  mkdir -p "$building/source" "$building/result/bin"
  fetch_kubernetes_source "$building"
  say "unpacking etcd, containerd, runc and the network plugins"
  unpack_packages "$building/result/node" busybox-static containerd containernetworking-plugins etcd-server runc
  build_kubernetes "$building"
  mv "$building/result" "$cache_dir/kubernetes-$(cat "$building/version")+changes$kubernetes_changes"
  rm -rf "$building"
  find_kubernetes
}

fetch_kubernetes_source() {
  local building=$1
  say "fetching Debian's kubernetes source package"
  write_source_lists "$building/apt/sources"
  mkdir -p "$building/apt/lists/partial"
  local private=(
    --option Dir::Etc::SourceList=/dev/null
    --option Dir::Etc::SourceParts="$building/apt/sources"
    --option Dir::State::Lists="$building/apt/lists"
  )
  apt update "${private[@]}"
  (cd "$building/source" && apt source --only-source "${private[@]}" kubernetes)
  sed -n 's/^Version: //p' "$building"/source/kubernetes_*.dsc >"$building/version"
}

# The machine's own Debian sources as deb-src, leaving those of other vendors out.
write_source_lists() {
  local folder=$1 release list
  release=$(. /etc/os-release && echo "$VERSION_CODENAME")
  mkdir -p "$folder"
  for list in /etc/apt/sources.list.d/*.sources; do
    [[ -e $list ]] || continue
    awk -v release="$release" 'BEGIN { RS = ""; ORS = "\n\n" }
      $0 ~ "(^|\n)Suites:[^\n]* " release "( |-updates|-security|\n|$)" {
        sub(/(^|\n)Types:[^\n]*/, "\nTypes: deb-src"); sub(/^\n/, ""); print }' \
      "$list" >"$folder/${list##*/}"
  done
  for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [[ -e $list ]] || continue
    sed --quiet --regexp-extended "s/^deb (.* $release(-updates|-security)? .*)/deb-src \1/p" \
      "$list" >"$folder/$(basename "$list" .list).list"
  done
}

# Every 10 s kubelet 1.20 asks itself whether deleted pods are gone for good, so 20 pods take half a
# minute to vanish. Later versions are told at once; a second comes close and keeps the tests quick.
shorten_pod_deletion() {
  local file=$1/pkg/kubelet/status/status_manager.go
  sed --in-place 's/^const syncPeriod = 10 \* time.Second$/const syncPeriod = time.Second/' "$file"
  grep --quiet '^const syncPeriod = time.Second$' "$file" || fail "cannot find kubelet's syncPeriod in $file"
}

# The vendored reflect2 reads Go's maps as they were laid out before Go 1.18, and under Debian's Go 1.19 it writes over
# memory that is not its own when a map is turned into JSON: some time after the first server-side apply of a map the
# apiserver then panics on every request with a body. Debian's package of reflect2 is mended.
# https://github.com/modern-go/reflect2/pull/25
renew_reflect2() {
  local building=$1 vendored=$2/vendor/github.com/modern-go/reflect2
  [[ -d $vendored ]] || fail "cannot find the vendored reflect2: $vendored"
  unpack_packages "$building/reflect2" golang-github-modern-go-reflect2-dev
  rm -rf "$vendored"
  cp -r "$building/reflect2/usr/share/gocode/src/github.com/modern-go/reflect2" "$vendored"
}

# Debian's Go cannot build this tree as a module, and a plain `go build` lacks the code that the
# Makefile generates: so GOPATH mode and make, as in debian/rules. Nothing of the caller's Go settings
# may leak in, hence the empty environment. make inherits the lock on purpose: should this script be
# killed, nobody starts over in the same folder while it still writes there.
build_kubernetes() {
  local building=$1 tree program log=$1/build.log
  tree=$(find "$building/source" -mindepth 1 -maxdepth 1 -type d)
  shorten_pod_deletion "$tree"
  renew_reflect2 "$building" "$tree"
  mkdir -p "$tree/.go/src/k8s.io"
  ln -s "$tree" "$tree/.go/src/k8s.io/kubernetes"
  say "building ${kubernetes_programs[*]}"
  if ! env -i -C "$tree/.go/src/k8s.io/kubernetes" PATH="/usr/lib/go/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
    HOME="$building" TMPDIR="$building" GOPATH="$tree/.go" GOCACHE="$building/go-cache" GO111MODULE=off CGO_ENABLED=0 \
    make WHAT="${kubernetes_programs[*]/#/cmd/}" >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    fail "the build failed, its log is $log"
  fi
  for program in "${kubernetes_programs[@]}"; do
    install "$tree/_output/local/bin/linux/$(dpkg --print-architecture)/$program" "$building/result/bin/"
  done
}
