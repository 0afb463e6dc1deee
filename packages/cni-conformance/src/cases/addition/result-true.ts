import type { Result } from '@vcn-cni/cni-spec';
import type { PluginCase, Role } from '../../case.ts';
import {
  type BothSides,
  expectTrueAddresses,
  expectTrueLinks,
  expectTrueRoutes,
} from '../../judge/expect-true-result.ts';
import { Finding } from '../../judge/finding.ts';
import { Skip } from '../../judge/skip.ts';
import type { PluginHarness } from '../../plugin-harness.ts';
import { attach } from '../steps/attach.ts';
import { observe } from '../steps/observe.ts';
import { readResult } from '../steps/read-result.ts';

const roles: readonly Role[] = ['interface', 'chained', 'loopback', 'meta'];
const does = 'executes ADD, and compares its result with what the kernel says in both namespaces';

export const linksTrue: PluginCase = {
  id: 'ADD-08/interfaces',
  title: 'Interfaces are there as the result lists them',
  ...{ does, roles },
  expects:
    'each interface listed exists, with the MAC and the MTU listed; one without sandbox is on the host',
  fast: true,
  mutants: ['result-lists-ghost', 'result-wrong-mac', 'result-wrong-mtu'],
  async run(on) {
    const { result, sides } = await attached(on);
    expectTrueLinks(result, sides);
  },
};

export const addressesTrue: PluginCase = {
  id: 'ADD-08/addresses',
  title: 'Addresses are on the interfaces that the result names',
  ...{ does, roles },
  expects: 'each address listed with an interface is on it, with that prefix length',
  fast: true,
  mutants: ['add-misses-address', 'add-wrong-prefix', 'result-wrong-interface-index'],
  async run(on) {
    const { result, sides } = await attached(on);
    if (!result.ips?.length) throw new Skip('the result lists no addresses');
    expectTrueAddresses(result, sides);
  },
};

export const routesTrue: PluginCase = {
  id: 'ADD-08/routes',
  title: 'Routes are in the container as the result lists them',
  ...{ does, roles },
  expects: 'each route listed is in a table of the container, by the gateway listed',
  fast: true,
  mutants: ['add-misses-route', 'add-route-other-gateway'],
  async run(on) {
    const { result, sides } = await attached(on);
    if (!result.routes?.length) throw new Skip('the result lists no routes');
    expectTrueRoutes(result, sides);
  },
};

export const addressesReady: PluginCase = {
  id: 'ADD-08/ready',
  title: 'Addresses can be used as soon as ADD has answered',
  does: 'executes ADD and asks the kernel at once',
  expects: 'no address of the container is tentative: duplicate detection is over, or not needed',
  roles: ['interface', 'meta'],
  mutants: ['add-address-tentative'],
  async run(on) {
    const { result, sides } = await attached(on);
    if (!result.ips?.some(({ address }) => address.includes(':')))
      throw new Skip('the configuration gives no IPv6 address');
    const early = sides.container.addresses.find(
      ({ address, tentative }) => tentative && !address.startsWith('fe80:'),
    );
    if (early) throw new Finding('address-tentative', `${early.address} is tentative after ADD`);
  },
};

async function attached(on: PluginHarness): Promise<{ result: Result; sides: BothSides }> {
  const container = await on.container();
  const result = readResult(on, await attach(on, container));
  const [inside, host] = await Promise.all([observe(on, container), observe(on, 'host')]);
  return { result, sides: { host, container: inside } };
}
