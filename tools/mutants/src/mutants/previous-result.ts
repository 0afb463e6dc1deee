import type { Mutant } from './mutant.ts';
import { fields, list, only, part } from './result-parts.ts';
import { results } from './ways.ts';

const ofChained = ['chained'] as const;

/** What becomes of prevResult. */
export const previousResultMutants: readonly Mutant[] = [
  {
    name: 'loses-previous-interfaces',
    of: ofChained,
    does: 'the result has no interfaces of prevResult',
    around: part('interfaces', () => []),
  },
  {
    name: 'loses-previous-ips',
    of: ofChained,
    does: 'the result has no addresses of prevResult',
    around: part('ips', () => []),
  },
  {
    name: 'loses-previous-routes',
    of: ofChained,
    does: 'the result has no routes of prevResult',
    around: part('routes', () => []),
  },
  {
    name: 'loses-previous-dns',
    of: ofChained,
    does: 'the result has no dns of prevResult',
    around: results(({ dns, ...result }) => result),
  },
  {
    name: 'reorders-previous-interfaces',
    of: ofChained,
    does: 'the interfaces of prevResult are in another order',
    around: part('interfaces', (all) => all.toReversed()),
  },
  {
    name: 'loses-vendor-fields',
    of: ofChained,
    does: 'fields of prevResult that are of no version are not in the result',
    around: results((result) => only(result, fields.result)),
  },
  {
    name: 'chained-drops-vendor-fields',
    of: ofChained,
    does: 'fields of prevResult that are of no version are not in the result',
    around: results((result) => ({
      ...only(result, fields.result),
      interfaces: list(result, 'interfaces').map((entry) => only(entry, fields.interfaces)),
    })),
  },
  {
    name: 'chained-drops-interface',
    of: ofChained,
    does: 'the last interface of prevResult is not in the result',
    around: part('interfaces', (all) => all.slice(0, -1)),
  },
  {
    name: 'chained-reverses-interfaces',
    of: ofChained,
    does: 'the interfaces of prevResult are in another order',
    around: part('interfaces', (all) => all.toReversed()),
  },
  {
    name: 'chained-drops-second-ip',
    of: ofChained,
    does: 'one address of prevResult is in the result',
    around: results((result) => ({ ...result, ips: list(result, 'ips').slice(0, 1) })),
  },
  {
    name: 'chained-reverses-ips',
    of: ofChained,
    does: 'the addresses of prevResult are in another order',
    around: part('ips', (all) => all.toReversed()),
  },
  {
    name: 'chained-drops-route',
    of: ofChained,
    does: 'the first route of prevResult is not in the result',
    around: part('routes', (all) => all.slice(1)),
  },
  {
    name: 'chained-reverses-routes',
    of: ofChained,
    does: 'the routes of prevResult are in another order',
    around: part('routes', (all) => all.toReversed()),
  },
  {
    name: 'chained-drops-dns',
    of: ofChained,
    does: 'dns of prevResult is not in the result',
    around: results(({ dns, ...result }) => result),
  },
  {
    name: 'chained-shifts-interfaces',
    of: ofChained,
    does: 'an interface comes before those of prevResult, and the indexes stay',
    around: results((result) => ({
      ...result,
      interfaces: [{ name: 'ifb0' }, ...list(result, 'interfaces')],
    })),
  },
];
