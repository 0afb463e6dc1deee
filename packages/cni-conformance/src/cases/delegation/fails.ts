import type { PluginCase } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { Finding } from '../../judge/finding.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';
import { failure, fakeIpam } from '../steps/fake-ipam.ts';

export const delDelegated: PluginCase = {
  id: 'DLG-05/del',
  title: 'DEL is delegated',
  does: 'executes ADD and DEL with a recording IPAM plugin',
  expects: 'the IPAM plugin got DEL once, for the same container and interface',
  roles: ['interface'],
  fast: true,
  mutants: ['del-skips-delegate'],
  async run(on) {
    const { ipam, config } = await fakeIpam(on);
    const container = await on.container();
    await detach(on, container, await attach(on, container, { config }), { config });
    const asked = (await ipam.calls()).filter(({ verb }) => verb === 'DEL');
    const [one] = asked;
    if (!one) throw new Finding('del-not-delegated', 'the IPAM plugin saw no DEL');
    if (one.environment['CNI_CONTAINERID'] !== container.id)
      throw new Finding('del-of-other', `DEL was for ${one.environment['CNI_CONTAINERID']}`);
  },
};

export const delOfDelegateFails: PluginCase = {
  id: 'DLG-05/del-fails',
  level: 'SHOULD',
  title: 'DEL fails where that of the IPAM plugin fails',
  does: 'executes ADD, and DEL with an IPAM plugin that fails DEL',
  expects: 'DEL fails',
  roles: ['interface'],
  fast: true,
  mutants: ['del-ignores-delegate-failure'],
  async run(on) {
    const { config } = await fakeIpam(on, { DEL: failure(on) });
    const container = await on.container();
    const prevResult = await attach(on, container, { config });
    const call = await on.call('DEL', container, { config: { ...config, prevResult } });
    expectRefusal(call, { key: 'failure-ignored' });
  },
};

export const addUndone: PluginCase = {
  id: 'DLG-06',
  title: 'A delegate whose ADD failed is executed again with DEL',
  does: 'executes ADD with an IPAM plugin that fails ADD',
  expects: 'ADD fails, and the IPAM plugin got ADD, then DEL',
  roles: ['interface'],
  fast: true,
  mutants: ['add-failure-without-delegate-del'],
  async run(on) {
    const { ipam, config } = await fakeIpam(on, { ADD: failure(on) });
    expectRefusal(await on.call('ADD', await on.container(), { config }), {
      key: 'failure-ignored',
    });
    const verbs = (await ipam.calls()).map(({ verb }) => verb);
    if (verbs.includes('DEL')) return;
    throw new Finding('delegate-not-undone', `the IPAM plugin got ${verbs.join(', ')}`);
  },
};

export const errorPassed: PluginCase = {
  id: 'DLG-08',
  title: 'Code and message of the IPAM plugin reach the runtime',
  does: 'executes ADD with an IPAM plugin that fails with code 150 and words of its own',
  expects: 'ADD fails with code 150, and its error document holds those words',
  roles: ['interface'],
  fast: true,
  mutants: ['delegate-code-lost', 'delegate-message-lost'],
  async run(on) {
    const words = 'no address for a test';
    const { config } = await fakeIpam(on, { ADD: failure(on, words) });
    const call = await on.call('ADD', await on.container(), { config });
    expectRefusal(call, { codes: [150], mentions: [words], key: 'failure-ignored' });
  },
};
