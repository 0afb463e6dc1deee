import { convertResult } from '@vcn-cni/cni-spec';
import type { PluginCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { makeLink } from '../steps/make-link.ts';
import { readResult } from '../steps/read-result.ts';

export const secondInList: PluginCase = {
  id: 'ADD-03/not-first',
  title: 'A plugin that makes interfaces loses nothing of the prevResult that it is given',
  does: 'executes ADD with a prevResult that lists another interface of the container, with an address and dns',
  expects: 'the result lists that interface and that address too; or ADD fails',
  roles: ['interface', 'loopback'],
  mutants: ['add-ignores-prevresult'],
  async run(on) {
    const container = await on.container();
    await makeLink(on, container, 'first0', { addresses: ['198.18.3.2/24'] });
    const previous = {
      cniVersion: '1.0.0',
      interfaces: [{ name: 'first0', mac: '02:dd:00:00:00:01', sandbox: container.netns }],
      ips: [{ address: '198.18.3.2/24', interface: 0 }],
      dns: { nameservers: ['198.18.0.53'] },
    };
    const prevResult = convertResult(previous, on.version).document;
    const call = await on.call('ADD', container, { config: { prevResult } });
    if (call.exitCode !== 0) return;
    const { interfaces = [], ips = [] } = readResult(on, call.document);
    const at = interfaces.findIndex(({ name }) => name === 'first0');
    const address = ips.find(({ address }) => address === '198.18.3.2/24');
    if (at >= 0 && address && address.interface === at) return;
    throw new Finding(
      'prevresult-lost',
      `first0 with 198.18.3.2/24 of prevResult is not in the result: ${JSON.stringify({ interfaces, ips })}`,
    );
  },
};
