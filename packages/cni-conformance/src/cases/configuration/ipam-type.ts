import type { PluginCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';
import { fakeIpam } from '../steps/fake-ipam.ts';

export const ipamType: PluginCase = {
  id: 'CFG-11/ipam-type',
  title: 'ipam.type is the file name of the plugin that gives the addresses',
  does: 'puts a scripted plugin into CNI_PATH and executes ADD with its name as ipam.type',
  expects: 'it was executed with ADD',
  roles: ['interface', 'meta'],
  mutants: ['ipam-type-ignored'],
  async run(on) {
    const { ipam, config } = await fakeIpam(on);
    const container = await on.container();
    const result = await attach(on, container, { config });
    const verbs = (await ipam.calls()).map(({ verb }) => verb);
    if (!verbs.includes('ADD')) {
      throw new Finding('ipam-not-asked', `ADD succeeded, and did not execute ${ipam.name}`);
    }
    await detach(on, container, result, { config });
  },
};
