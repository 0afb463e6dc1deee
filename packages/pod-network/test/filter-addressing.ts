import { defaultSettings } from '../src/settings.ts';

export type Topology = 'primary and secondary' | 'primary only';

/** Addresses of the laboratory, by family. */
export const at = {
  inet: {
    primary: '10.88.0.11',
    podA: '10.88.65.5',
    podB: '10.88.65.6',
    remotePod: '10.88.66.4',
    outside: '203.0.113.50',
    excluded: '198.51.100.7',
    metadata: '169.254.169.254',
    service: '10.88.96.9',
    nodeLocal: '169.254.20.10',
    foreign: '10.99.9.9',
  },
  inet6: {
    primary: 'fd00:88::11',
    podA: 'fd00:88:0:2::5',
    podB: 'fd00:88:0:2::6',
    remotePod: 'fd00:88:0:66::4',
    outside: '2001:db8::50',
    excluded: '2001:db8:1::7',
    metadata: 'fd00:c1::a9fe:a9fe',
    service: 'fd00:88:0:96::9',
    nodeLocal: 'fd00:88:0:99::a',
    foreign: 'fd00:99::9',
  },
} as const;

/** The commands that make the laboratory, namespace by namespace. */
export function addressing(topology: Topology) {
  const two = topology === 'primary and secondary';
  return {
    sysctls: `
      for name in all default; do
        echo 0 >/proc/sys/net/ipv6/conf/$name/accept_dad
        echo 0 >/proc/sys/net/ipv4/conf/$name/rp_filter
      done`,
    links: [
      { name: 'ens3', peer: 'f3', to: 'fabric' },
      ...(two ? [{ name: 'ens5', peer: 'f5', to: 'fabric' } as const] : []),
      { name: 'ocipoda', peer: 'eth0', to: 'podA' },
      { name: 'ocipodb', peer: 'eth0', to: 'podB' },
    ] as { name: string; peer: string; to: 'podA' | 'podB' | 'fabric' }[],
    fabric: fabric(two),
    podA: `${pod('5')}${hostile}`,
    podB: pod('6'),
    host: host(two),
  };
}

function pod(last: string): string {
  return `
    ip addr add 10.88.65.${last}/32 dev eth0
    ip -6 addr add fd00:88:0:2::${last}/128 dev eth0 nodad
    ip link set eth0 up
    ip route add default via 169.254.1.1 dev eth0 onlink
    ip -6 route add default via fe80::1 dev eth0`;
}

/** Any source, and the node's localhost as destination. */
const hostile = `
    ip addr add ${at.inet.foreign}/32 dev lo
    ip -6 addr add ${at.inet6.foreign}/128 dev lo
    ip addr del 127.0.0.1/8 dev lo
    echo 1 >/proc/sys/net/ipv4/conf/eth0/route_localnet`;

function fabric(two: boolean): string {
  const own = Object.values({
    a: 'outside',
    b: 'excluded',
    c: 'metadata',
    d: 'remotePod',
  } as const);
  const pods = '10.88.65.0/24';
  const pods6 = 'fd00:88:0:2::/64';
  const f3 = two ? '' : `, ${pods}`;
  const f36 = two ? '' : `, ${pods6}`;
  return `
    ip addr add 10.88.0.1/24 dev f3; ip -6 addr add fd00:88::1/64 dev f3 nodad; ip link set f3 up
    ${two ? 'ip addr add 10.88.64.1/24 dev f5; ip -6 addr add fd00:88:0:1::1/64 dev f5 nodad; ip link set f5 up' : ''}
    ${own.map((name) => `ip addr add ${at.inet[name]}/32 dev lo; ip -6 addr add ${at.inet6[name]}/128 dev lo`).join('\n')}
    ip route add ${pods} via ${two ? '10.88.64.11 dev f5' : '10.88.0.11 dev f3'}
    ip -6 route add ${pods6} via ${two ? 'fd00:88:0:1::11 dev f5' : 'fd00:88::11 dev f3'}
    nft -f - <<'END'
    table inet vcn {
      chain enforce {
        type filter hook prerouting priority raw; policy accept;
        ip6 saddr fe80::/10 accept
        iifname "f3" ip saddr != { 10.88.0.11${f3} } counter drop
        iifname "f3" ip6 saddr != { fd00:88::11${f36} } counter drop
        iifname "f5" ip saddr != { 10.88.64.11, ${pods} } counter drop
        iifname "f5" ip6 saddr != { fd00:88:0:1::11, ${pods6} } counter drop
      }
    }
END`;
}

function host(two: boolean): string {
  const { tables, priorities, mark } = defaultSettings;
  const [pods, t0, t5] = [tables.pods, tables.primary, tables.vnicBase];
  const veth = (name: string, last: string) => `
    for key in proxy_arp route_localnet; do echo 1 >/proc/sys/net/ipv4/conf/${name}/$key; done
    echo 0 >/proc/sys/net/ipv4/neigh/${name}/proxy_delay
    echo 0 >/proc/sys/net/ipv6/conf/${name}/addr_gen_mode
    ip -6 addr add fe80::1/64 dev ${name} nodad; ip link set ${name} up
    ip route add 10.88.65.${last}/32 dev ${name} src 10.88.0.11 table ${pods}
    ip -6 route add fd00:88:0:2::${last}/128 dev ${name} src fd00:88::11 table ${pods}`;
  const family = (ip: string, net: string, own: string, block: string) => `
    ${ip} route add default via ${net}1 dev ens3
    ${ip} route add default via ${net}1 dev ens3 onlink table ${t0}
    ${ip} rule add pref ${priorities.pods} table ${pods}
    ${ip} rule add pref ${priorities.mark} fwmark ${mark}/${mark} table ${t0}
    ${ip} rule add pref ${priorities.main} from ${net}11 table main suppress_prefixlength 0
    ${ip} rule add pref ${priorities.source} from ${net}11 table ${t0}
    ${ip} rule add pref ${priorities.source} from ${block} table ${two ? t5 : t0}
    ${
      two
        ? `${ip} rule add pref ${priorities.guard} iif ens5 unreachable
           ${ip} route add default via ${own}1 dev ens5 onlink table ${t5}
           ${ip} rule add pref ${priorities.source} from ${own}11 table ${t5}`
        : ''
    }`;
  return `
    ip addr add 10.88.0.11/24 dev ens3; ip -6 addr add fd00:88::11/64 dev ens3 nodad; ip link set ens3 up
    echo 2 >/proc/sys/net/ipv4/conf/ens3/rp_filter
    ${two ? 'ip addr add 10.88.64.11/32 dev ens5; ip -6 addr add fd00:88:0:1::11/128 dev ens5 nodad; ip link set ens5 up; echo 2 >/proc/sys/net/ipv4/conf/ens5/rp_filter' : ''}
    ip addr add ${at.inet.nodeLocal}/32 dev lo; ip -6 addr add ${at.inet6.nodeLocal}/128 dev lo
    echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
    ${family('ip', '10.88.0.', '10.88.64.', '10.88.65.0/24')}
    ${family('ip -6', 'fd00:88::', 'fd00:88:0:1::', 'fd00:88:0:2::/64')}
    ${veth('ocipoda', '5')}
    ${veth('ocipodb', '6')}
    nft -f - <<'END'
    table inet services {
      chain prerouting {
        type nat hook prerouting priority dstnat; policy accept;
        ip daddr 10.88.0.11 udp dport 30080 dnat ip to 10.88.65.5:8080
        ip daddr 10.88.0.11 udp dport 30081 dnat ip to 10.88.66.4:8080
        ip daddr 10.88.96.9 udp dport 8080 dnat ip to 10.88.66.4:8080
        ip daddr 10.88.96.9 udp dport 8081 dnat ip to 169.254.169.254:80
        ip6 daddr fd00:88::11 udp dport 30080 dnat ip6 to [fd00:88:0:2::5]:8080
        ip6 daddr fd00:88::11 udp dport 30081 dnat ip6 to [fd00:88:0:66::4]:8080
        ip6 daddr fd00:88:0:96::9 udp dport 8080 dnat ip6 to [fd00:88:0:66::4]:8080
        ip6 daddr fd00:88:0:96::9 udp dport 8081 dnat ip6 to [fd00:c1::a9fe:a9fe]:80
      }
    }
END`;
}
