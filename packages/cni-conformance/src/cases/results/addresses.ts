import type { Result } from '@vcn-cni/cni-spec';
import { z } from 'zod';
import type { PluginCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { Skip } from '../../judge/skip.ts';
import type { PluginHarness } from '../../plugin-harness.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';
import { readResult } from '../steps/read-result.ts';

export const indexOfInterface: PluginCase = {
  id: 'RES-03/index',
  title: 'Each address names its interface by an index into interfaces',
  does: 'executes ADD',
  expects: 'interface of each of ips is there, and is the place of an interface that has a sandbox',
  roles: ['interface', 'meta', 'loopback', 'chained'],
  fast: true,
  mutants: ['address-without-index', 'address-index-out-of-range', 'address-index-of-host'],
  async run(on) {
    const { interfaces = [], ips } = await attached(on);
    for (const { address, interface: index } of ips) {
      if (index === undefined) throw new Finding('no-index', `${address} has no interface`);
      const owner = interfaces[index];
      if (!owner) {
        throw new Finding(
          'out-of-range',
          `interface of ${address} is ${index}, of ${interfaces.length}`,
        );
      }
      if (!owner.sandbox) {
        throw new Finding(
          'not-in-container',
          `${address} is on ${owner.name}, which has no sandbox`,
        );
      }
    }
  },
};

export const gatewayOfAddress: PluginCase = {
  id: 'RES-03/gateway',
  title: 'The gateway of an address is an address of its family, without a length',
  does: 'executes ADD',
  expects: 'gateway of each of ips is absent, or such an address',
  roles: ['interface', 'meta', 'chained', 'ipam'],
  mutants: ['gateway-of-other-family'],
  async run(on) {
    const { ips } = await attached(on);
    for (const { address, gateway } of ips) {
      if (gateway === undefined || familyOf(gateway) === familyOf(address.split('/')[0]!)) continue;
      throw new Finding('other-family', `gateway of ${address} is ${gateway}`);
    }
  },
};

async function attached(on: PluginHarness): Promise<Result & Required<Pick<Result, 'ips'>>> {
  const container = await on.container();
  const result = await attach(on, container);
  await detach(on, container, result);
  const { ips = [], ...rest } = readResult(on, result);
  if (ips.length === 0) throw new Skip('the plugin gives no address');
  return { ...rest, ips };
}

/** Undefined for what is no address. */
function familyOf(text: string): 4 | 6 | undefined {
  if (z.ipv4().safeParse(text).success) return 4;
  return z.ipv6().safeParse(text).success ? 6 : undefined;
}
