import type { JsonObject } from '@vcn-cni/cni-conformance';
import type { Mutant } from './mutant.ts';
import { accepts, after, is, refusing, results, runs } from './ways.ts';

const ofInterface = ['interface'] as const;

const ips = (change: (ips: JsonObject[]) => JsonObject[]) =>
  results((result) => ({ ...result, ips: change((result['ips'] ?? []) as JsonObject[]) }));

/** What becomes of the words and the answers of an IPAM plugin; how it is executed is in steps. */
export const delegationMutants: readonly Mutant[] = [
  {
    name: 'del-ignores-delegate-failure',
    of: ofInterface,
    does: 'DEL does not tell that the IPAM plugin failed',
    around: accepts(is('DEL')),
  },
  {
    name: 'add-ignores-ipam-address',
    of: ofInterface,
    does: 'the result has another address than the IPAM plugin gave',
    around: ips((given) => given.map((ip) => ({ ...ip, address: '198.18.7.99/24' }))),
  },
  {
    name: 'add-ignores-ipam-gateway',
    of: ofInterface,
    does: 'the default route goes by another gateway than the IPAM plugin gave',
    around: runs(
      'inside ip route replace default via "$(inside ip -o -4 address show dev "$CNI_IFNAME" | grep -o "[0-9.]*/" | tr -d / | sed "s/[0-9]*\\$/77/")"',
      after('ADD'),
    ),
  },
  {
    name: 'result-omits-ipam-route',
    of: ofInterface,
    does: 'routes of the IPAM plugin are not in the result',
    around: results(({ routes, ...result }) => result),
  },
  {
    name: 'add-first-family-only',
    of: ofInterface,
    does: 'of the addresses that the IPAM plugin gave the first is used',
    around: (call, next) =>
      ips((given) => given.slice(0, 1))(call, (inner) =>
        runs('inside ip -6 address flush dev "$CNI_IFNAME"', after('ADD'))(inner, next),
      ),
  },
  {
    name: 'add-one-default-route-only',
    of: ofInterface,
    does: 'there is one default route, of IPv4',
    around: runs('inside ip -6 route delete default', after('ADD')),
  },
  {
    name: 'ipam-gateway-of-other-family',
    of: ['ipam'],
    does: 'each address has the gateway of the other family',
    around: ips((given) => {
      const gateways = given.map(({ gateway }) => gateway).reverse();
      return given.map((ip, at) => ({ ...ip, gateway: gateways[at] }));
    }),
  },
  {
    name: 'delegate-code-lost',
    of: ofInterface,
    does: 'whatever code the IPAM plugin failed with, it becomes 999',
    around: refusing((error) => ({ ...error, code: 999 })),
  },
  {
    name: 'delegate-message-lost',
    of: ofInterface,
    does: 'of the words of the IPAM plugin none are in the error',
    around: refusing((error) => ({ ...error, msg: 'failed', details: '' })),
  },
];
