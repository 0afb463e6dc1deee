/** Prints one section after another, each headed by `@@ name`. Reading changes nothing: iptables-legacy-save, which loads tables, runs only where some are in use. */
export const stateScript = `
section() { printf '\\n@@ %s\\n' "$1"; shift; "$@" 2>/dev/null; }
section link ip -j -d link show
section address ip -j address show
section route4 ip -j -4 route show table all
section route6 ip -j -6 route show table all
section rule4 ip -j -4 rule show
section rule6 ip -j -6 rule show
section neighbour ip -j neighbour show nud permanent
section proxy ip -j neighbour show proxy
section qdisc tc qdisc show
for link in $(tc qdisc show 2>/dev/null | awk '$2 == "ingress" || $2 == "clsact" || $2 == "htb" || $2 == "prio" { print $5 }' | sort -u); do
  for hook in '' ingress egress; do
    section "filter $link $hook" tc filter show dev "$link" $hook
  done
done
nft=$(nft -j list ruleset 2>/dev/null)
section nft printf '%s' "$nft"
case $nft in
  *'"xt"'*)
    section iptables iptables-nft-save
    section ip6tables ip6tables-nft-save
    ;;
esac
[ -z "$(cat /proc/net/ip_tables_names 2>/dev/null)" ] || section iptables-legacy iptables-legacy-save
[ -z "$(cat /proc/net/ip6_tables_names 2>/dev/null)" ] || section ip6tables-legacy ip6tables-legacy-save
cd /proc/sys/net
section sysctl grep -rsE --include=ip_forward \
  --include=forwarding --include=rp_filter --include=proxy_arp --include=arp_ignore --include=arp_announce \
  --include=arp_filter --include=arp_notify --include=accept_local --include=route_localnet --include=send_redirects \
  --include=accept_redirects --include=src_valid_mark --include=disable_ipv6 --include=accept_ra --include=accept_dad \
  --include=autoconf --include=proxy_ndp --include=ndisc_notify --include=keep_addr_on_down --include=addr_gen_mode \
  --include=somaxconn --include=ip_local_port_range --include='bridge-nf-call-*' --include=proxy_delay . .
`;

/** What is no folder below the folders that are given, one a line. Sizes are the business of who writes. */
export const fileScript = `find "$@" -xdev ! -type d -printf '%p\\n' 2>/dev/null; :`;
