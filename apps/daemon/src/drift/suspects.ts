/** Who is known to undo what, and whether it runs here. */

interface Suspect {
  /** `comm` of its process. */
  process: string;
  /** What of ours it is known to take away or to set otherwise. */
  does: RegExp;
  /** What to tell it. */
  remedy: string;
}

const known: readonly Suspect[] = [
  {
    process: 'systemd-network',
    does: /^ip (-[46] )?(rule|route|address) /,
    remedy: 'set ManageForeignRoutes=no and ManageForeignRoutingPolicyRules=no in networkd.conf',
  },
  {
    process: 'NetworkManager',
    does: /^ip (-[46] )?(rule|route|address|link) /,
    remedy: 'list the VNICs and the host veths under unmanaged-devices',
  },
  {
    process: 'systemd-sysctl',
    does: /^sysctl /,
    remedy: 'take the setting out of /etc/sysctl.d, or give the VNICs an exception',
  },
  { process: 'tuned', does: /^sysctl /, remedy: "take the setting out of the profile's [sysctl]" },
  {
    process: 'calico-node',
    does: /^sysctl .*\/(rp_filter|proxy_arp|route_localnet)=/,
    remedy: "let Felix's InterfacePrefix and RouteTableRanges fit this node",
  },
  {
    process: 'firewalld',
    does: /^(?!ip |sysctl )/,
    remedy: 'set FlushAllOnReload=no, or do without it on this node',
  },
  {
    process: 'dhclient',
    does: /^ip (-[46] )?(route|address) /,
    remedy: 'keep it to the primary VNIC',
  },
  {
    process: 'kube-proxy',
    does: /^(ip6?tables|nft) /,
    remedy: 'run it in one mode, on all nodes alike',
  },
];

/** `calico-node (let Felix's ...)` for each that runs here and is known for such a thing. */
export function suspectsOf(change: string, running: ReadonlySet<string>): string[] {
  return known
    .filter(({ process, does }) => does.test(change) && running.has(process))
    .map(({ process, remedy }) => `${process} (${remedy})`);
}
