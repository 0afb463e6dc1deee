import type { JsonObject } from '../evidence.ts';

/**
 * What a chained plugin finds: a veth pair with an address of each family, as lines for sh in the host namespace, and
 * the result of it in the shape of 1.0.0. `number` keeps containers apart, from 1 to 250.
 */
export function baseAttachment(
  number: number,
  { netns, ifname }: { netns: string; ifname: string },
): { commands: readonly string[]; result: JsonObject } {
  const host = `base${number}`;
  const macs = { host: mac(0xb0, number), container: mac(0xc0, number) };
  const inside = (line: string) => `nsenter --net=${netns} ip ${line}`;
  return {
    commands: [
      `ip link add name ${host} address ${macs.host} type veth peer name ${ifname} address ${macs.container} netns ${netns}`,
      `ip address add 10.88.${number}.1/24 dev ${host}`,
      `ip address add fd88:${number}::1/64 dev ${host} nodad`,
      `ip link set dev ${host} up`,
      inside('link set dev lo up'),
      inside(`address add 10.88.${number}.2/24 dev ${ifname}`),
      inside(`address add fd88:${number}::2/64 dev ${ifname} nodad`),
      inside(`link set dev ${ifname} up`),
      inside(`route add default via 10.88.${number}.1 dev ${ifname}`),
      inside(`route add default via fd88:${number}::1 dev ${ifname}`),
    ],
    result: {
      cniVersion: '1.0.0',
      interfaces: [
        { name: host, mac: macs.host },
        { name: ifname, mac: macs.container, sandbox: netns },
      ],
      ips: [
        { address: `10.88.${number}.2/24`, gateway: `10.88.${number}.1`, interface: 1 },
        { address: `fd88:${number}::2/64`, gateway: `fd88:${number}::1`, interface: 1 },
      ],
      routes: [
        { dst: '0.0.0.0/0', gw: `10.88.${number}.1` },
        { dst: '::/0', gw: `fd88:${number}::1` },
      ],
      dns: {},
    },
  };
}

const mac = (kind: number, number: number): string =>
  [0x02, kind, 0, 0, 0, number].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
