import type { PluginCase, Role } from '../../case.ts';
import { spelledCidr } from '../../judge/spelling.ts';
import { type Attached, type Break, type Tampering, tampered } from './tampering.ts';

const roles: readonly Role[] = ['interface', 'meta'];
const withLoopback: readonly Role[] = ['interface', 'loopback', 'meta'];

const inside = (what: string, line: string): Break => ({ where: 'container', what, line });

const ofContainer = ({ result, container }: Attached) =>
  (result.ips ?? []).filter(
    ({ interface: index }) =>
      index === undefined || result.interfaces?.[index]?.name === container.ifname,
  );

const family = (address: string): string => (address.includes(':') ? '-6' : '-4');

const tamperings: readonly Tampering[] = [
  {
    id: 'CHK-03/address-deleted',
    what: 'an address of the container is deleted',
    roles: withLoopback,
    fast: true,
    mutants: ['check-ignores-address'],
    breaks: (attached) =>
      ofContainer(attached).map(({ address }) =>
        inside(
          `${address} is deleted`,
          `ip address delete ${address} dev ${attached.container.ifname}`,
        ),
      ),
  },
  {
    id: 'CHK-03/prefix-changed',
    what: 'the prefix of an address is another',
    roles,
    mutants: ['check-ignores-prefix'],
    breaks: (attached) =>
      ofContainer(attached).map(({ address }) => {
        const [host, length] = address.split('/');
        const other = Number(length) - 4;
        const dev = `dev ${attached.container.ifname}`;
        return inside(
          `${address} is /${other}`,
          `${keepingRoutes(attached, address)}ip address delete ${address} ${dev} && ip address add ${host}/${other} ${dev} nodad; restore; :`,
        );
      }),
  },
  {
    id: 'CHK-03/link-down',
    what: 'the interface of the container is down',
    roles: withLoopback,
    fast: true,
    mutants: ['check-ignores-link-down'],
    breaks: ({ container: { ifname } }) => [
      inside(`${ifname} is down`, `ip link set dev ${ifname} down`),
    ],
  },
  {
    id: 'CHK-03/link-deleted',
    what: 'the interface of the container is deleted',
    roles,
    fast: true,
    mutants: ['check-ignores-link-absence'],
    breaks: ({ container: { ifname } }) => [
      inside(`${ifname} is deleted`, `ip link delete ${ifname}`),
    ],
  },
  {
    id: 'CHK-03/link-renamed',
    what: 'the interface of the container has another name',
    roles,
    mutants: ['check-finds-link-by-address'],
    breaks: ({ container: { ifname } }) => [
      inside(
        `${ifname} is called other0`,
        `ip link set dev ${ifname} down && ip link set dev ${ifname} name other0 && ip link set dev other0 up`,
      ),
    ],
  },
  {
    id: 'CHK-03/link-moved',
    what: 'the interface of the container is in another namespace',
    roles,
    mutants: ['check-ignores-link-moved'],
    breaks: ({ container: { ifname, name } }) => [
      {
        where: 'host',
        what: `${ifname} is in another namespace`,
        line: `ip netns add moved-${name} && ip -n ${name} link set dev ${ifname} netns moved-${name}`,
      },
    ],
  },
  {
    id: 'CHK-03/mac-changed',
    what: 'the MAC of the interface is another than prevResult lists',
    roles,
    fast: true,
    mutants: ['check-ignores-mac'],
    breaks: ({ container: { ifname } }) => [
      inside(`${ifname} has another MAC`, `ip link set dev ${ifname} address 02:ee:00:00:00:03`),
    ],
  },
  {
    id: 'CHK-03/mtu-changed',
    what: 'the MTU of the interface is another than prevResult lists',
    roles,
    mutants: ['check-ignores-mtu'],
    breaks: ({ result, container: { ifname } }) =>
      (result.interfaces ?? [])
        .filter(({ name, sandbox, mtu }) => name === ifname && sandbox && mtu)
        .map(() => inside(`${ifname} has MTU 1300`, `ip link set dev ${ifname} mtu 1300`)),
  },
  {
    id: 'CHK-03/route-deleted',
    what: 'a route that prevResult lists is deleted',
    roles,
    fast: true,
    mutants: ['check-ignores-routes'],
    breaks: ({ result: { routes = [] } }) =>
      routes.map(({ dst, table }) =>
        inside(
          `the route to ${dst} is deleted`,
          `ip ${family(dst)} route delete ${spelledCidr(dst)}${table === undefined ? '' : ` table ${table}`}`,
        ),
      ),
  },
  {
    id: 'CHK-03/route-otherwise',
    what: 'a route that prevResult lists goes by another gateway',
    roles,
    mutants: ['check-ignores-gateway'],
    breaks: ({ result: { routes = [] }, container: { ifname } }) =>
      routes.map(({ dst }) => {
        const other = dst.includes(':') ? '2001:db8:99::1' : '203.0.113.1';
        const route = `ip ${family(dst)} route`;
        return inside(
          `the route to ${dst} goes by ${other}`,
          `${route} delete ${spelledCidr(dst)} && ${route} add ${spelledCidr(dst)} via ${other} dev ${ifname} onlink`,
        );
      }),
  },
  {
    id: 'CHK-03/route-elsewhere',
    what: 'a route that prevResult lists leaves by another interface',
    roles,
    mutants: ['check-ignores-device'],
    breaks: ({ result: { routes = [] } }) =>
      routes.map(({ dst, gw }) => {
        const route = `ip ${family(dst)} route`;
        const via = gw === undefined ? '' : ` via ${gw}`;
        return inside(
          `the route to ${dst} leaves by other0`,
          `ip link add name other0 type veth peer name other1 && ip link set dev other0 up && ip link set dev other1 up && ${route} delete ${spelledCidr(dst)} && ${route} add ${spelledCidr(dst)}${via} dev other0${via && ' onlink'}`,
        );
      }),
  },
];

/** Lines that keep the routes which the kernel drops with an address, so that nothing but the address is other. */
const keepingRoutes = ({ container: { ifname } }: Attached, address: string): string =>
  `routes=$(ip ${family(address)} route show dev ${ifname} | grep -v 'proto kernel'); restore() { printf '%s\\n' "$routes" | while read -r route; do [ -z "$route" ] || ip ${family(address)} route replace $route dev ${ifname} onlink 2>/dev/null || ip ${family(address)} route replace $route dev ${ifname} 2>/dev/null; done; }; `;

export const containerBroken: readonly PluginCase[] = tamperings.map(tampered);
