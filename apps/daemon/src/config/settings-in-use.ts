/** Marks, routing tables, rule priorities and interface prefixes that other programs of a Kubernetes node use. */

/** Bits of the packet mark. kube-proxy: masqueradeBit 14 and its drop bit; Felix: IptablesMarkMask; Cilium: MARK_MAGIC. */
export const marksInUse: readonly { user: string; mask: number }[] = [
  { user: 'kube-proxy (masquerade)', mask: 0x4000 },
  { user: 'kube-proxy (drop)', mask: 0x8000 },
  { user: 'Calico', mask: 0xffff0000 },
  { user: 'Cilium', mask: 0xf00 },
];

export const tablesInUse: readonly { user: string; first: number; last: number }[] = [
  { user: 'the kernel ("unspec")', first: 0, last: 0 },
  { user: 'Calico (routeTableRanges)', first: 1, last: 250 },
  { user: 'the kernel ("default")', first: 253, last: 253 },
  { user: 'the kernel ("main")', first: 254, last: 254 },
  { user: 'the kernel ("local")', first: 255, last: 255 },
  { user: 'Cilium', first: 2004, last: 2005 },
  { user: 'WireGuard (wg-quick)', first: 51820, last: 51820 },
];

export const prioritiesInUse: readonly { user: string; first: number; last: number }[] = [
  { user: 'the kernel ("local")', first: 0, last: 0 },
  { user: 'Cilium', first: 9, last: 10 },
  { user: 'Calico (WireGuard)', first: 99, last: 99 },
  { user: 'Cilium', first: 100, last: 111 },
  { user: 'Tailscale', first: 5210, last: 5270 },
  { user: 'the kernel ("main")', first: 32766, last: 32766 },
  { user: 'the kernel ("default")', first: 32767, last: 32767 },
];

/** rtm_protocol (linux/rtnetlink.h and iproute2's rt_protos). */
export const routeProtocolsInUse: ReadonlyMap<number, string> = new Map([
  [0, 'the kernel (unspec)'],
  [1, 'the kernel (redirect)'],
  [2, 'the kernel'],
  [3, 'the boot scripts'],
  [4, 'administrators (static)'],
  [9, 'router advertisements'],
  [11, 'zebra'],
  [12, 'bird'],
  [16, 'DHCP clients'],
  [18, 'keepalived'],
  [42, 'babel'],
  [80, 'Calico'],
  [186, 'BGP'],
  [187, 'IS-IS'],
  [188, 'OSPF'],
  [189, 'RIP'],
  [192, 'EIGRP'],
]);

export const prefixesInUse: ReadonlyMap<string, string> = new Map([
  ['cali', 'Calico'],
  ['veth', 'the reference plugins and Docker'],
  ['lxc', 'Cilium'],
  ['eni', 'the AWS plugin'],
  ['azv', 'the Azure plugin'],
  ['eth', 'network cards'],
  ['ens', 'network cards'],
  ['enp', 'network cards'],
  ['eno', 'network cards'],
  ['lo', 'the loopback device'],
  ['br', 'bridges'],
  ['docker', 'Docker'],
  ['wg', 'WireGuard'],
  ['tun', 'tunnels'],
  ['tap', 'tunnels'],
]);
