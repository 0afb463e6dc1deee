import type { PluginCase } from '../../case.ts';
import type { JsonObject } from '../../evidence.ts';
import { Finding } from '../../judge/finding.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';

export const abbreviated: PluginCase = {
  id: 'RES-07/abbreviated',
  title: 'A plugin for addresses says nothing of interfaces',
  does: 'executes ADD',
  expects: 'an address in ips at least; no interfaces, and no interface in ips',
  roles: ['ipam'],
  fast: true,
  mutants: ['ipam-lists-interfaces', 'ipam-gives-index', 'ipam-without-address'],
  async run(on) {
    const container = await on.container();
    const result = await attach(on, container);
    await detach(on, container, result);
    const ips = (result['ips'] ?? []) as JsonObject[];
    if (ips.length === 0) throw new Finding('no-address', 'the result has no address');
    if (result['interfaces'] !== undefined) {
      throw new Finding('interfaces', `interfaces is ${JSON.stringify(result['interfaces'])}`);
    }
    const indexed = ips.find((each) => each['interface'] !== undefined);
    if (indexed) throw new Finding('index', `an address has interface: ${JSON.stringify(indexed)}`);
  },
};
