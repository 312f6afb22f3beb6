# shellcheck shell=bash
# Stand-in images, handed to containerd as one docker-archive: there is no registry.

add_images() {
  local image
  require_root image
  for image in "$@"; do
    check_image_name "$image"
  done
  living_pid containerd >/dev/null || fail "the cluster is not up: run '$0 up'"
  take_lock
  # What is packed below gets its modes from here, not from the caller's shell.
  umask 022
  find_kubernetes
  ensure_base_layer
  local work=$state_dir/image-work
  rm -rf "$work"
  mkdir -p "$work/archive"
  ln "$base_layer" "$work/archive/base.tar" 2>/dev/null || cp "$base_layer" "$work/archive/base.tar"
  for image in "$@"; do
    add_stand_in "$image" "$work"
  done
  import_archive "$work/archive"
  rm -rf "$work"
  for image in "$@"; do
    wait_for containerd 30 "kubelet's view of $image" is_known_to_kubelet "$image"
    say "imported $image"
  done
}

check_image_name() {
  local name=${1%:*} tag=${1##*:}
  case $name in
    langgenius/dify-api | langgenius/dify-web) ;;
    *) misused "no stand-in for '$1': there are langgenius/dify-api:TAG and langgenius/dify-web:TAG" ;;
  esac
  [[ $tag =~ ^[0-9]+\.[0-9]+\.[0-9]+[A-Za-z0-9._-]*$ ]] ||
    misused "the tag of '$1' has to be a Dify version such as 1.12.1: it decides which prompt names the image imports"
}

# add_stand_in NAME:TAG WORK: adds the image's own small layer and configuration to WORK/archive.
add_stand_in() {
  local image=$1 work=$2 archive=$2/archive tag=${1##*:} program=api_server.py
  local key=${image//[\/:]/_}
  local root=$work/$key
  mkdir -p "$root/stand-in"
  if [[ $image == langgenius/dify-api:* ]]; then
    write_api_tree "$tag" "$root"
  else
    program=web_server.py
  fi
  install -m 644 "$here/image/$program" "$root/stand-in/"
  chmod -R u=rwX,go=rX "$root"
  write_layer "$root" "$archive/$key.tar"
  jq --null-input --arg program "/stand-in/$program" --arg tag "$tag" \
    '{User: "1001", WorkingDir: "/app/api", Entrypoint: ["python", $program],
      Env: ["PATH=/app/api/.venv/bin:/usr/bin:/bin", "PYTHONUNBUFFERED=1",
            "PYTHONDONTWRITEBYTECODE=1", "STAND_IN_VERSION=\($tag)"]}' >"$work/config.json"
  describe_image "$archive" "$image" "$work/config.json" base.tar "$key.tar"
}

# describe_image ARCHIVE NAME:TAG CONFIG LAYER...: writes the image's configuration and manifest entry.
describe_image() {
  local archive=$1 image=$2 config=$3 key=${2//[\/:]/_}
  shift 3
  (cd "$archive" && sha256sum "$@") | cut -d ' ' -f 1 |
    jq --raw-input --slurp --slurpfile config "$config" --arg architecture "$(dpkg --print-architecture)" \
      '{architecture: $architecture, os: "linux", config: $config[0],
        rootfs: {type: "layers", diff_ids: (split("\n") | map(select(. != "") | "sha256:" + .))}}' \
      >"$archive/$key.json"
  jq --null-input --arg config "$key.json" --arg image "$image" \
    '{Config: $config, RepoTags: [$image], Layers: $ARGS.positional}' --args "$@" >"$archive/$key.manifest"
}

import_archive() {
  local archive=$1
  jq --slurp . "$archive"/*.manifest >"$archive/manifest.json"
  rm "$archive"/*.manifest
  tar --create --directory "$archive" . |
    containerd_client images import --snapshotter "$(snapshotter)" - >"$logs/image-import.log" 2>&1 ||
    { tail -n 5 "$logs/image-import.log" >&2; fail "containerd refused the images"; }
}

# containerd tells kubelet's side of itself about a new image a moment after the import.
is_known_to_kubelet() {
  containerd_client images list --quiet 'labels."io.cri-containerd.image"==managed' | grep -q "/$1\$"
}

# The container that holds a pod's namespaces: it only has to stay.
import_pause_image() {
  local work=$state_dir/image-work
  rm -rf "$work"
  mkdir -p "$work/archive" "$work/root"
  install -m 755 "$node_packages/bin/busybox" "$work/root/busybox"
  chmod 755 "$work/root"
  write_layer "$work/root" "$work/archive/layer.tar"
  echo '{"Entrypoint": ["/busybox", "sleep", "2147483647"]}' >"$work/config.json"
  describe_image "$work/archive" "$pause_image" "$work/config.json" layer.tar
  import_archive "$work/archive"
  rm -rf "$work"
}
