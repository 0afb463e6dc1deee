import type { JsonObject } from '../../evidence.ts';
import type { Kernel } from '../../judge/kernel.ts';
import { spelledCidr } from '../../judge/spelling.ts';
import type { Container, PluginHarness } from '../../plugin-harness.ts';

const line = [
  'ip -j link show',
  'ip -j address show',
  'ip -j -4 route show table all',
  'ip -j -6 route show table all',
].join('; echo; echo @@; ');

/** What the kernel says of the host, or of a container; nothing of one that is gone. */
export async function observe(on: PluginHarness, where: 'host' | Container): Promise<Kernel> {
  const { stdout } = await on.sh(where, line);
  const [links = [], addresses = [], routes4 = [], routes6 = []] = stdout
    .split('@@')
    .map((text) => (text.trim() === '' ? [] : (JSON.parse(text) as JsonObject[])));
  return {
    links: links.map(linkOf),
    addresses: addresses.flatMap(addressesOf),
    routes: [
      ...routes4.map((each) => routeOf(4, each)),
      ...routes6.map((each) => routeOf(6, each)),
    ].filter(({ table }) => table !== 'local'),
  };
}

const linkOf = (link: JsonObject) => ({
  name: String(link['ifname']),
  index: Number(link['ifindex']),
  mac: String(link['address']),
  mtu: Number(link['mtu']),
  up: (link['flags'] as string[]).includes('UP'),
});

const addressesOf = (link: JsonObject) =>
  ((link['addr_info'] ?? []) as JsonObject[]).map((each) => ({
    link: String(link['ifname']),
    address: spelledCidr(`${each['local']}/${each['prefixlen']}`),
    tentative: each['tentative'] === true || each['dadfailed'] === true,
  }));

function routeOf(family: 4 | 6, route: JsonObject) {
  const hops = [route, ...((route['nexthops'] ?? []) as JsonObject[])];
  const gateways = hops.flatMap((hop) => {
    const via = (hop['via'] as JsonObject | undefined)?.['host'];
    return [hop['gateway'], via].filter((each) => each !== undefined).map(String);
  });
  const everything = family === 4 ? '0.0.0.0/0' : '::/0';
  const written = String(route['dst']);
  return {
    ...{ family, gateways },
    destination: written === 'default' ? everything : spelledCidr(written),
    link: String(route['dev'] ?? hops.at(-1)?.['dev'] ?? ''),
    table: String(route['table'] ?? 'main'),
    protocol: String(route['protocol'] ?? ''),
  };
}
