#!/bin/sh
# Tries the plugins that configs/ has a configuration of, those of Debian and ours, and writes results.md.
#
#   sudo sh docs/conformance/try-all.sh [--keep FOLDER] [NAME...]
#
# Needs root, Debian's containernetworking-plugins, and what `npm test` installs. With names it prints the page of
# these and leaves results.md alone. --keep: where the JSON and a page of each run stay. TRY_ALL_OPTIONS: more words for
# every run, as `--only STA`.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
cd "$root"
if [ "${TRY_ALL_INSIDE-}" != 1 ]; then
  [ "$(id -u)" = 0 ] || { echo 'try-all: run this as root' >&2; exit 2; }
  # What is mounted below is seen here alone.
  exec env TRY_ALL_INSIDE=1 unshare --mount --propagation private sh "$0" "$@"
fi

keep=
if [ "${1-}" = --keep ]; then
  keep=$(mkdir -p "$2" && cd "$2" && pwd)
  shift 2
fi
out=${keep:-$(mktemp -d)}
[ -n "$keep" ] || trap 'rm -rf "$out"' EXIT

sh tools/workspace/run.sh apps/plugin/src/build-relay.ts >&2
run() { sh tools/workspace/run.sh "$@"; }
printf 'console.log(process.execPath)\n' >"$out/node.mjs"
node=$(run --node-only "$out/node.mjs")
rm "$out/node.mjs"
"$node" node_modules/vite/bin/vite.js build apps/plugin >&2

# Installed where a sandbox looks for commands, as on a node.
mount -t tmpfs tmpfs /usr/local/sbin
ln -s "$node" /usr/local/sbin/node
for name in vcn-cnid:main vcnctl:vcnctl; do
  printf '#!/bin/sh\nexec node --conditions=@vcn-cni/source %s/apps/daemon/src/%s.ts "$@"\n' \
    "$root" "${name#*:}" >"/usr/local/sbin/${name%:*}"
  chmod +x "/usr/local/sbin/${name%:*}"
done
mkdir -p /usr/local/sbin/typescript
cp apps/plugin/build/oci-vcn.mjs /usr/local/sbin/typescript/oci-vcn

program_of() {
  case $1 in
    oci-vcn) echo apps/plugin/build/oci-vcn ;;
    oci-vcn-typescript) echo /usr/local/sbin/typescript/oci-vcn ;;
    *) echo "/usr/lib/cni/${1%-l2}" ;;
  esac
}

page() {
  made="Made on $(date -u +%Y-%m-%d) on Linux $(uname -r) with Node $("$node" --version), containernetworking-plugins $(dpkg-query -W -f '${Version}' containernetworking-plugins), iproute2 $(dpkg-query -W -f '${Version}' iproute2), nftables $(dpkg-query -W -f '${Version}' nftables), iptables $(dpkg-query -W -f '${Version}' iptables), by \`sudo sh docs/conformance/try-all.sh\`."
  [ -z "$untried" ] || made="$made

Not tried, for want of what they need on this machine:
$untried"
  # shellcheck disable=SC2046 # names of files of ours
  run apps/conformance/src/main.ts results --made "$made" $(printf "$out/%s.json " "$@")
}

names=${*:-$(cd docs/conformance/configs && echo *.json | sed 's/\.json//g')}
tried=
untried=
for name in $names; do
  # shellcheck disable=SC2086 # several words
  set -- --bin "$(program_of "$name")" --config "docs/conformance/configs/$name.json" ${TRY_ALL_OPTIONS-} \
    --json --html "$out/$name.html"
  [ ! -f "docs/conformance/hints/$name.json" ] || set -- "$@" --hints "docs/conformance/hints/$name.json"
  code=0
  run apps/conformance/src/main.ts plugin "$@" >"$out/$name.json" 2>"$out/$name.err" || code=$?
  cat "$out/$name.err" >&2
  if [ $code -gt 1 ]; then
    echo "try-all: $name was not tried (exit $code)" >&2
    untried="${untried}
- $name: \`$(tail -n 1 "$out/$name.err" | cut -c 1-200)\`"
    rm "$out/$name.json"
    continue
  fi
  tried="$tried $name"
  echo "try-all: $name done" >&2
done
# shellcheck disable=SC2086 # a list of names
if [ "$(echo $names | wc -w)" = "$(ls docs/conformance/configs | wc -l)" ]; then
  page $tried >docs/conformance/results.md
else
  page $tried
fi
