import type { PluginCase } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { attach } from '../steps/attach.ts';
import { fakeIpam } from '../steps/fake-ipam.ts';
import { delegatedAdd } from './given.ts';

export const foundInAnyFolder: PluginCase = {
  id: 'DLG-03/any-folder',
  title: 'A delegate is found in whatever folder of CNI_PATH it is',
  does: 'executes ADD with CNI_PATH that begins with a folder that is not there and one that is empty; the IPAM plugin is in the third',
  expects: 'ADD exits 0',
  roles: ['interface'],
  mutants: ['delegate-first-folder-only'],
  async run(on) {
    const { call } = await delegatedAdd(on, {});
    const { config } = await fakeIpam(on);
    const container = await on.container();
    const path = `/nonexistent:/run/netns:${call.environment['CNI_PATH']}`;
    await attach(on, container, { config, environment: { CNI_PATH: path } });
  },
};

export const notFoundElsewhere: PluginCase = {
  id: 'DLG-03/not-elsewhere',
  title: 'A delegate is looked for in CNI_PATH alone',
  does: 'executes ADD where the IPAM plugin is in a folder of PATH and in none of CNI_PATH',
  expects: 'ADD fails',
  roles: ['interface'],
  mutants: ['delegate-from-path'],
  async run(on) {
    const { call } = await delegatedAdd(on, {});
    const { config } = await fakeIpam(on);
    const [folder = ''] = (call.environment['CNI_PATH'] ?? '').split(':');
    const environment = {
      CNI_PATH: '/nonexistent',
      PATH: `${folder}:/usr/sbin:/usr/bin:/sbin:/bin`,
    };
    const container = await on.container();
    const refused = await on.call('ADD', container, { config, environment });
    expectRefusal(refused, { key: 'found-elsewhere' });
  },
};
