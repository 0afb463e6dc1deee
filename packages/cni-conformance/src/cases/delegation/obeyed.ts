import type { PluginCase } from '../../case.ts';
import { expectTrueAddresses, expectTrueRoutes } from '../../judge/expect-true-result.ts';
import { Finding } from '../../judge/finding.ts';
import { spelledCidr } from '../../judge/spelling.ts';
import type { PluginHarness } from '../../plugin-harness.ts';
import { attach } from '../steps/attach.ts';
import { fakeAddresses, fakeAddressesOfBothFamilies, fakeIpam } from '../steps/fake-ipam.ts';
import { observe } from '../steps/observe.ts';
import { readResult } from '../steps/read-result.ts';

export const obeyed: PluginCase = {
  id: 'DLG-07/obeyed',
  title: 'The container gets the address, gateway and routes that the IPAM plugin said',
  does: 'executes ADD with an IPAM plugin that answers with an address, a gateway and a default route',
  expects: 'result and kernel have that address, and the default route by that gateway',
  roles: ['interface'],
  fast: true,
  mutants: ['add-ignores-ipam-address', 'add-ignores-ipam-gateway', 'result-omits-ipam-route'],
  run: (on) => obeys(on, fakeAddresses),
};

export const obeyedInBothFamilies: PluginCase = {
  id: 'DLG-07/dual-stack',
  title: 'The container gets addresses of both families where the IPAM plugin said so',
  does: 'executes ADD with an IPAM plugin that answers with IPv4 and IPv6, each with gateway and default route',
  expects: 'result and kernel have both addresses, and a default route by each gateway',
  roles: ['interface'],
  mutants: ['add-first-family-only', 'add-one-default-route-only'],
  run: (on) => obeys(on, fakeAddressesOfBothFamilies),
};

export const decides: PluginCase = {
  id: 'DLG-07/decides',
  title: 'An IPAM plugin answers with at least one address',
  does: 'executes ADD',
  expects: 'the result has ips, each with a prefix; a gateway is of the same family',
  roles: ['ipam'],
  fast: true,
  mutants: ['ipam-without-address', 'ipam-gateway-of-other-family'],
  async run(on) {
    const { ips = [] } = readResult(on, await attach(on, await on.container()));
    if (ips.length === 0) throw new Finding('no-address', 'the result has no address');
    for (const { address, gateway } of ips) {
      if (gateway !== undefined && gateway.includes(':') !== address.includes(':'))
        throw new Finding('gateway-of-other-family', `${address} with gateway ${gateway}`);
    }
  },
};

async function obeys(on: PluginHarness, said: typeof fakeAddresses): Promise<void> {
  const { config } = await fakeIpam(on, {}, said);
  const container = await on.container();
  const result = readResult(on, await attach(on, container, { config }));
  const [inside, host] = await Promise.all([observe(on, container), observe(on, 'host')]);
  for (const { address, gateway } of said.ips) {
    const listed = result.ips?.find((each) => spelledCidr(each.address) === address);
    if (!listed) throw new Finding('address-not-listed', `${address} is not in the result`);
    if (listed.gateway !== undefined && listed.gateway !== gateway)
      throw new Finding('gateway-differs', `${address} has ${listed.gateway}, not ${gateway}`);
  }
  for (const { dst } of said.routes) {
    if (!result.routes?.some((each) => spelledCidr(each.dst) === dst))
      throw new Finding('route-not-listed', `the route to ${dst} is not in the result`);
  }
  const index = result.interfaces?.findIndex(
    ({ name, sandbox }) => sandbox && name === container.ifname,
  );
  const ips = said.ips.map((each) => ({
    ...each,
    ...(index !== undefined && { interface: index }),
  }));
  const sides = { host, container: inside };
  expectTrueAddresses({ ...result, ips }, sides);
  const routes = said.routes.map(({ dst }) => {
    const same = ({ gateway }: { gateway: string }) => gateway.includes(':') === dst.includes(':');
    return { dst, gw: said.ips.find(same)!.gateway };
  });
  expectTrueRoutes({ ...result, routes }, sides);
}
