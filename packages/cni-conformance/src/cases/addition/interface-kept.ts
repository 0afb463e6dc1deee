import type { PluginCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { attach } from '../steps/attach.ts';
import { observe } from '../steps/observe.ts';

export const interfaceKept: PluginCase = {
  id: 'ADD-01/adjusts',
  title: 'A chained plugin adjusts the interface that is there, and makes no other in its place',
  does: 'makes an interface with addresses of both families, and executes ADD with it as prevResult',
  expects: 'the same interface (by its index) under its name, with its addresses, up',
  roles: ['chained'],
  fast: true,
  mutants: ['chained-replaces-link', 'chained-removes-address', 'chained-sets-link-down'],
  async run(on) {
    const container = await on.container();
    const named = ({ name }: { name: string }) => name === container.ifname;
    const before = await observe(on, container);
    await attach(on, container);
    const after = await observe(on, container);
    const was = before.links.find(named)!;
    const is = after.links.find(named);
    if (was.index !== is?.index) {
      const seen = is ? `has index ${is.index}` : 'is gone';
      throw new Finding(
        'interface-replaced',
        `${was.name} had index ${was.index}; after ADD it ${seen}`,
      );
    }
    if (!is.up) throw new Finding('interface-down', `${is.name} was up and is down after ADD`);
    const left = new Set(after.addresses.map(({ address }) => address));
    const lost = before.addresses.filter(
      ({ link, address }) =>
        link === was.name && !address.startsWith('fe80:') && !left.has(address),
    );
    if (lost.length > 0) {
      const text = lost.map(({ address }) => address).join(', ');
      throw new Finding('address-lost', `${was.name} had ${text} before ADD, and not after it`);
    }
  },
};
