#!/bin/sh
# Runs a TypeScript file of this repository, after whatever set-up the machine still needs.
#
#   sh tools/workspace/run.sh [--node-only] FILE.ts [argument...]
#
# Set-up: a Node that is new enough, the npm dependencies and, unless --node-only is given, the
# commands that the kernel tests and the demo call. Each thing installed is said in one line on
# standard error; standard output belongs to FILE. When all is there this costs a few milliseconds.
# shellcheck disable=SC2086 # npm_flags, apt and install are lists of words
set -eu

node_major=24
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
npm_flags='--ignore-scripts --no-audit --no-fund --fetch-retry-mintimeout=2000 --fetch-retry-maxtimeout=10000'
node_lock=$root/tools/workspace/node/package-lock.json
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export PATH

say() { printf 'set-up: %s\n' "$*" >&2; }
fail() {
  say "$*"
  exit 2
}
has() { command -v "$1" >/dev/null 2>&1; }

node_is_new() {
  has node || return 1
  version=$(node --version) || return 1
  version=${version#v}
  [ "${version%%.*}" -ge "$node_major" ]
}

# A copy of the lock file is put beside the fetched Node last, so that it says: complete.
use_own_node() {
  cmp -s "$node_lock" "$root/.node/package-lock.json" || return 1
  for own in "$root"/.node/node_modules/node-linux-*/bin; do
    PATH=$own:$PATH
  done
  node_is_new
}

dependencies_are_new() {
  [ -f "$root/node_modules/.package-lock.json" ] &&
    ! [ "$root/package-lock.json" -nt "$root/node_modules/.package-lock.json" ]
}

missing_packages() {
  has ip || printf ' iproute2'
  has nft || printf ' nftables'
  has iptables || printf ' iptables'
  has ping || printf ' iputils-ping'
  has unshare && has nsenter || printf ' util-linux'
  has gcc || printf ' gcc'
  [ -e /usr/include/stdio.h ] || printf ' libc6-dev'
  [ -x /usr/lib/cni/ptp ] || printf ' containernetworking-plugins'
}

quietly() { "$@" >"$root/.node/setup.log" 2>&1 </dev/null; }
fail_with_log() {
  tail -n 20 "$root/.node/setup.log" >&2
  fail "$*"
}

install_node() {
  has npm || fail "neither Node $node_major nor npm is here; install one of them (Debian: apt-get install npm), then run this again"
  say "installing Node $node_major into .node (an npm package, for this folder only)"
  rm -rf "$root/.node/package-lock.json" "$root/.node/fetch"
  mkdir "$root/.node/fetch"
  cp "${node_lock%/*}"/package*.json "$root/.node/fetch"
  # Optional dependencies select the processor, and npm passes over one that it cannot fetch.
  (cd "$root/.node/fetch" && quietly npm ci --prefix . $npm_flags --loglevel=http) &&
    [ -n "$(ls "$root/.node/fetch/node_modules" 2>/dev/null)" ] ||
    fail_with_log "Node $node_major could not be fetched for $(uname -sm); install it, then run this again"
  rm -rf "$root/.node/node_modules"
  mv "$root/.node/fetch/node_modules" "$root/.node/node_modules"
  rm -rf "$root/.node/fetch"
  cp "$node_lock" "$root/.node/package-lock.json"
}

# Not npm ci: it refuses a lock file that lacks the optional packages of other platforms, which not
# every registry has. --no-save keeps the lock file as it is; what it names is verified all the same.
install_dependencies() {
  say 'installing the npm dependencies into node_modules'
  (cd "$root" && quietly npm install --no-save $npm_flags --loglevel=error) ||
    fail_with_log 'the npm dependencies could not be installed (the words of npm are above)'
}

install_packages() {
  packages=$(missing_packages)
  has apt-get || return 0
  if [ "$(id -u)" = 0 ]; then
    as_root=
  elif has sudo && sudo -n true 2>/dev/null; then
    as_root='sudo -n'
  else
    return 0
  fi
  apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get"
  install="$apt install -y --no-install-recommends$packages"
  say "installing the Debian packages$packages"
  quietly $install || { quietly $apt update && quietly $install; } ||
    { tail -n 20 "$root/.node/setup.log" >&2 && say 'apt-get failed (its words are above)'; }
}

require_commands() {
  packages=$(missing_packages)
  [ -n "$packages" ] || return 0
  say "not installed:$packages; as root: apt-get install -y --no-install-recommends$packages"
  for name in $packages; do
    case $name in
      gcc | libc6-dev) say 'skipped: the C relay is not built, its tests do not run (no gcc or libc6-dev)' ;;
      containernetworking-plugins) say 'skipped: tests with the reference plugins (no /usr/lib/cni/ptp)' ;;
      *) required="${required-} $name" ;;
    esac
  done
  [ -z "${required-}" ] || fail "cannot go on without$required"
}

# One set-up at a time; whoever waited finds the work done. Descriptor 9 is the lock.
set_up() {
  mkdir -p "$root/.node" 2>/dev/null || :
  if ! [ -w "$root/.node" ]; then
    [ -z "${need_files-}" ] || fail "$root must be set up by its owner first: you may not write to it"
    return 0
  fi
  if has flock; then
    exec 9>"$root/.node/setup.lock"
    flock 9
  fi
  node_is_new || use_own_node || {
    install_node
    use_own_node || fail "the Node in .node does not run on this machine; install Node $node_major, then run this again"
  }
  dependencies_are_new || install_dependencies
  if [ "$1" = all ] && [ -n "$(missing_packages)" ]; then install_packages; fi
  exec 9>&-
}

wanted=all
if [ "${1-}" = --node-only ]; then
  wanted=node
  shift
fi
[ $# -gt 0 ] || fail 'usage: sh tools/workspace/run.sh [--node-only] FILE.ts [argument...]'
file=$1
shift

node_is_new || use_own_node || need_files=1
dependencies_are_new || need_files=1
if [ $wanted = all ] && [ -n "$(missing_packages)" ]; then need_packages=1; fi
[ -z "${need_files-}${need_packages-}" ] || set_up $wanted
[ $wanted = node ] || require_commands

cd "$root"
exec node --conditions=@vcn-cni/source "$file" "$@"
