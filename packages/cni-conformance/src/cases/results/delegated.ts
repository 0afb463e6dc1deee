import type { Result } from '@vcn-cni/cni-spec';
import type { PluginCase } from '../../case.ts';
import type { JsonObject } from '../../evidence.ts';
import { Finding } from '../../judge/finding.ts';
import { sameJson } from '../../judge/same-json.ts';
import type { PluginHarness } from '../../plugin-harness.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';
import { fakeAddresses, fakeIpam } from '../steps/fake-ipam.ts';
import { readResult } from '../steps/read-result.ts';

const routes = [
  { dst: '0.0.0.0/0' },
  { dst: '198.18.128.0/17', gw: '198.18.7.1' },
  { dst: '203.0.113.7/32' },
];

export const delegatedRoutes: PluginCase = {
  id: 'RES-04/delegated',
  title: 'Routes that came from ipam are in the result',
  does: `executes ADD with a scripted plugin for addresses that gives the routes ${routes.map(({ dst }) => dst).join(', ')}`,
  expects: 'each is in routes of the result, with the same next hop where it had one',
  roles: ['interface', 'meta'],
  mutants: ['loses-delegated-route', 'changes-delegated-gateway'],
  async run(on) {
    const { routes: given = [] } = await attached(on, { ...fakeAddresses, routes });
    for (const { dst, gw } of routes) {
      const found = given.filter((each) => each.dst === dst);
      if (found.length === 0) {
        throw new Finding('route-lost', `${dst} is not in ${JSON.stringify(given)}`);
      }
      if (gw !== undefined && !found.some((each) => each.gw === gw)) {
        throw new Finding('route-changed', `${dst} via ${gw} became ${JSON.stringify(found)}`);
      }
    }
  },
};

const dns = {
  nameservers: ['198.18.7.53', '2001:db8:7::53'],
  domain: 'conformance.example',
  search: ['a.example', 'b.example'],
  options: ['ndots:2'],
};

export const delegatedDns: PluginCase = {
  id: 'RES-05/delegated',
  level: 'SHOULD',
  title: 'dns that came from ipam is in the result, if the configuration has none',
  does: 'executes ADD without dns in the configuration, with a scripted plugin for addresses that gives some',
  expects: 'dns of the result is that',
  roles: ['interface', 'meta'],
  mutants: ['loses-delegated-dns'],
  async run(on) {
    const { dns: given } = await attached(on, { ...fakeAddresses, dns });
    if (!sameJson(given, dns)) {
      throw new Finding('dns-lost', `dns of the result is ${JSON.stringify(given ?? {})}`);
    }
  },
};

async function attached(on: PluginHarness, addresses: JsonObject): Promise<Result> {
  const { config: asked } = await fakeIpam(on, {}, addresses);
  const config = { ...asked, dns: undefined };
  const container = await on.container();
  const result = await attach(on, container, { config });
  await detach(on, container, result, { config });
  return readResult(on, result);
}
