import type { PluginCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { attach } from '../steps/attach.ts';
import { observe } from '../steps/observe.ts';

export const interfaceMade: PluginCase = {
  id: 'ADD-01/interface',
  title: 'ADD leaves an interface of the given name in the container, and it is up',
  does: 'executes ADD with a CNI_IFNAME that no plugin has of itself, and looks into the namespace',
  expects: 'an interface of that name, which is up',
  roles: ['interface', 'loopback'],
  fast: true,
  mutants: ['add-makes-other-name', 'add-leaves-link-down'],
  async run(on) {
    const container = await on.container(on.role === 'loopback' ? {} : { ifname: 'confnet3' });
    await attach(on, container);
    const { links } = await observe(on, container);
    const made = links.find(({ name }) => name === container.ifname);
    if (!made) {
      const names = links.map(({ name }) => name).join(', ');
      throw new Finding(
        'no-interface',
        `ADD succeeded; ${container.ifname} is not there, but ${names}`,
      );
    }
    if (!made.up) throw new Finding('interface-down', `${container.ifname} is down after ADD`);
  },
};
