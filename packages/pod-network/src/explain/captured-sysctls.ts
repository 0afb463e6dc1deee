/** The sysctls that decide what happens to a packet: names for a snapshot of a namespace with these links. */
export function capturedSysctls(links: readonly { name: string }[]): string[] {
  const places = ['all', ...links.map(({ name }) => name)];
  return places.flatMap((place) => [
    ...ipv4.map((key) => `net/ipv4/conf/${place}/${key}`),
    ...ipv6.map((key) => `net/ipv6/conf/${place}/${key}`),
  ]);
}

const ipv4 = [
  'forwarding',
  'rp_filter',
  'accept_local',
  'route_localnet',
  'src_valid_mark',
  'arp_ignore',
  'proxy_arp',
];
const ipv6 = ['forwarding', 'force_forwarding', 'disable_ipv6', 'proxy_ndp'];
