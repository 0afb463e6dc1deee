import type { JsonObject } from '@vcn-cni/cni-conformance';
import { isScripted } from './call.ts';
import type { Mutant } from './mutant.ts';
import { each, fields, list, only, part } from './result-parts.ts';
import { results } from './ways.ts';

const ofInterface = ['interface'] as const;
const ofIpam = ['ipam'] as const;

const own = (change: (entry: JsonObject) => JsonObject[]) =>
  results((result) => ({
    ...result,
    interfaces: list(result, 'interfaces').flatMap((entry) =>
      entry['sandbox'] ? change(entry) : [entry],
    ),
  }));

const onHost = (change: (entry: JsonObject) => JsonObject) =>
  each('interfaces', (entry) => (entry['sandbox'] ? entry : change(entry)));

/** What the result says. */
export const resultMutants: readonly Mutant[] = [
  {
    name: 'result-without-version',
    of: ofInterface,
    does: 'the result has no cniVersion',
    around: results(({ cniVersion, ...result }) => result),
  },
  {
    name: 'result-without-own-interface',
    of: ofInterface,
    does: 'the result does not list the interface of the container',
    around: own(() => []),
  },
  {
    name: 'result-own-interface-twice',
    of: ofInterface,
    does: 'the result lists the interface of the container twice',
    around: own((entry) => [entry, entry]),
  },
  {
    name: 'sandbox-resolved',
    of: ofInterface,
    does: 'sandbox of the result is another path to the same namespace',
    around: own((entry) => [{ ...entry, sandbox: `/var${entry['sandbox']}` }]),
  },
  {
    name: 'result-lists-ghost',
    of: ofInterface,
    does: 'the result lists an interface that is not there',
    around: results((result) => ({
      ...result,
      interfaces: [...list(result, 'interfaces'), { name: 'ghost0', mac: '02:00:00:00:00:01' }],
    })),
  },
  {
    name: 'result-wrong-mac',
    of: ofInterface,
    does: 'the result has another MAC than the interface',
    around: own((entry) => [{ ...entry, mac: '02:00:00:00:00:99' }]),
  },
  {
    name: 'result-wrong-mtu',
    of: ofInterface,
    does: 'the result has another MTU than the interface',
    around: own((entry) => [{ ...entry, mtu: 1234 }]),
  },
  {
    name: 'result-omits-host-link',
    of: ofInterface,
    does: 'the result does not list the end of the pair that is on the host',
    around: results((result) => ({
      ...result,
      interfaces: list(result, 'interfaces').filter(({ sandbox }) => sandbox),
      ips: list(result, 'ips').map((ip) => ({ ...ip, interface: 0 })),
    })),
  },
  {
    name: 'host-interface-not-there',
    of: ofInterface,
    does: "the result has another name for the host's end than it has",
    around: onHost((entry) => ({ ...entry, name: 'veth-of-nobody' })),
  },
  {
    name: 'host-interface-other-mac',
    of: ofInterface,
    does: "the result has another MAC for the host's end than it has",
    around: onHost((entry) => ({ ...entry, mac: '02:00:00:00:00:99' })),
  },
  {
    name: 'mac-missing',
    of: ofInterface,
    does: 'the result has no MAC',
    around: own(({ mac, ...entry }) => [entry]),
  },
  {
    name: 'mac-of-other',
    of: ofInterface,
    does: "the result has the MAC of the host's end for both",
    around: results((result) => {
      const [host] = list(result, 'interfaces');
      const interfaces = list(result, 'interfaces').map((entry) => ({
        ...entry,
        mac: host?.['mac'],
      }));
      return { ...result, interfaces };
    }),
  },
  {
    name: 'result-wrong-interface-index',
    of: ofInterface,
    does: "addresses are listed on the host's end",
    around: each('ips', (ip) => ({ ...ip, interface: 0 })),
  },
  {
    name: 'address-index-of-host',
    of: ofInterface,
    does: "addresses are listed on the host's end",
    around: each('ips', (ip) => ({ ...ip, interface: 0 })),
  },
  {
    name: 'address-without-index',
    of: ofInterface,
    does: 'addresses are listed on no interface',
    around: each('ips', ({ interface: _, ...ip }) => ip),
  },
  {
    name: 'address-index-out-of-range',
    of: ofInterface,
    does: 'addresses are listed on an interface that is not listed',
    around: each('ips', (ip) => ({ ...ip, interface: 9 })),
  },
  {
    name: 'add-wrong-prefix',
    of: ofInterface,
    does: 'addresses are listed with another prefix than they have',
    around: each('ips', (ip) => ({ ...ip, address: String(ip['address']).replace('/24', '/25') })),
  },
  {
    name: 'gateway-of-other-family',
    of: ofInterface,
    does: 'each address has the gateway of the other family',
    around: results((result) => {
      const ips = list(result, 'ips');
      const gateways = ips.map(({ gateway }) => gateway).reverse();
      return { ...result, ips: ips.map((ip, at) => ({ ...ip, gateway: gateways[at] })) };
    }),
  },
  {
    name: 'add-route-other-gateway',
    of: ofInterface,
    does: 'routes are listed by another gateway than they go by',
    around: each('routes', (route) => ({
      ...route,
      gw: String(route['dst']).includes(':') ? 'fd00:90::77' : '10.90.0.77',
    })),
  },
  {
    name: 'loses-delegated-route',
    of: ofInterface,
    does: 'the last route that the IPAM plugin gave is not in the result',
    around: part('routes', (all) => all.slice(0, -1)),
  },
  {
    name: 'changes-delegated-gateway',
    of: ofInterface,
    does: 'routes are listed by another gateway than the IPAM plugin gave',
    around: each('routes', (route) => (route['gw'] ? { ...route, gw: '198.18.7.77' } : route)),
  },
  {
    name: 'loses-delegated-dns',
    of: ofInterface,
    does: 'dns of the IPAM plugin is not in the result',
    around: results((result, { config }) =>
      isScripted(config) ? only(result, fields.result.slice(0, 4)) : result,
    ),
  },
  {
    name: 'ipam-lists-interfaces',
    of: ofIpam,
    does: 'an IPAM plugin lists an interface',
    around: results((result) => ({ ...result, interfaces: [{ name: 'eth0' }] })),
  },
  {
    name: 'ipam-gives-index',
    of: ofIpam,
    does: 'an IPAM plugin says which interface an address is of',
    around: each('ips', (ip) => ({ ...ip, interface: 0 })),
  },
  {
    name: 'ipam-without-address',
    of: ofIpam,
    does: 'an IPAM plugin gives no address',
    around: part('ips', () => []),
  },
];
