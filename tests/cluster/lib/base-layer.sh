# shellcheck shell=bash
# The layer all stand-in images share: a Python and a shell from Debian's packages, unpacked, not
# installed. Cached under the checksum of this recipe.

base_layer_packages=(
  busybox-static libc6 libexpat1 libpython3.11-minimal libpython3.11-stdlib libssl3 python3.11-minimal zlib1g
)

ensure_base_layer() {
  local recipe building=$cache_dir/building-image
  recipe=$(sha256sum "$here/lib/base-layer.sh")
  base_layer=$cache_dir/image-base-${recipe:0:12}.tar
  [[ ! -e $base_layer ]] || return 0
  say "building the base layer of the stand-in images, once"
  rm -rf "$building" "$cache_dir"/image-base-*.tar
  unpack_packages "$building/root" "${base_layer_packages[@]}"
  finish_root "$building/root"
  write_layer "$building/root" "$building/layer.tar"
  mv "$building/layer.tar" "$base_layer"
  rm -rf "$building"
}

finish_root() {
  local root=$1
  rm -rf "$root"/usr/share "$root"/usr/lib/*/gconv "$root"/usr/lib/python3.11/{lib2to3,pydoc_data}
  mkdir -p "$root"/{etc,proc,root,sys,app/api/.venv/bin,usr/local/bin} "$root/dev"
  install -d -m 1777 "$root/tmp"
  printf '%s\n' 'root:x:0:0:root:/root:/bin/sh' 'dify:x:1001:1001::/home/dify:/bin/sh' >"$root/etc/passwd"
  printf '%s\n' 'root:x:0:' 'dify:x:1001:' >"$root/etc/group"
  install -d -o 1001 -g 1001 "$root/home/dify"
  ln -s /usr/bin/python3.11 "$root/app/api/.venv/bin/python"
  ln -s /usr/bin/python3.11 "$root/app/api/.venv/bin/python3"
  chroot "$root" /bin/busybox --install -s /bin
  # Pods run as a user who cannot write byte code: without it each start compiles the library anew.
  chroot "$root" /usr/bin/python3.11 -m compileall -q --invalidation-mode unchecked-hash /usr/lib/python3.11
}

# write_layer ROOT FILE: the same tree always gives the same bytes, so layers are recognised.
write_layer() {
  tar --create --file "$2" --directory "$1" --sort=name --mtime=@0 --numeric-owner .
}
