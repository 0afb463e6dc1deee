import type { PluginCase } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { expectSameState } from '../../judge/expect-same-state.ts';
import { attach } from '../steps/attach.ts';
import { makeLink } from '../steps/make-link.ts';

const expects =
  'ADD fails, and the interface that was there, its addresses and the host are as before';

export const nameTakenByHand: PluginCase = {
  id: 'ADD-04/by-hand',
  title: 'ADD fails where somebody else made an interface of that name',
  does: 'makes a link of that name with an address in the namespace, executes ADD, and compares that link',
  expects: 'ADD fails, and the link and its address are as before',
  roles: ['interface'],
  fast: true,
  mutants: ['add-ignores-existing-link', 'add-changes-existing-link'],
  async run(on) {
    const container = await on.container();
    await makeLink(on, container, container.ifname, { addresses: ['198.18.3.2/24'] });
    const own = (line: string) =>
      line.startsWith(`${container.name} `) && line.includes(` ${container.ifname} `);
    const before = (await on.state(container)).filter(own);
    expectRefusal(await on.call('ADD', container), { key: 'existing-interface-accepted' });
    const after = (await on.state(container)).filter(own);
    expectSameState(on, before, after, 'existing-interface-changed');
  },
};

export const nameTakenTwice: PluginCase = {
  id: 'ADD-04/twice',
  title: 'A second ADD of the same attachment fails and leaves the first as it is',
  does: 'executes ADD twice with the same id and interface name, and compares host and container',
  expects,
  roles: ['interface'],
  fast: true,
  mutants: ['add-accepts-second', 'add-second-unwinds-first'],
  async run(on) {
    const container = await on.container();
    await attach(on, container);
    const before = await on.state(container);
    expectRefusal(await on.call('ADD', container), { key: 'second-add-accepted' });
    expectSameState(on, before, await on.state(container), 'first-changed');
  },
};

export const nameTakenByOther: PluginCase = {
  id: 'ADD-04/other-id',
  title: 'ADD with another container id fails where the name is taken in that namespace',
  does: 'executes ADD, then ADD with another id for the same namespace and interface name; compares the container',
  expects: 'the second ADD fails, and the interface of the first is as before',
  roles: ['interface'],
  mutants: ['add-accepts-other-id', 'add-other-id-unwinds-first'],
  async run(on) {
    const container = await on.container();
    await attach(on, container);
    const own = (line: string) => line.startsWith(`${container.name} `);
    const before = (await on.state(container)).filter(own);
    const other = { ...container, id: `${container.id}-other` };
    expectRefusal(await on.call('ADD', other), { key: 'taken-name-accepted' });
    const after = (await on.state(container)).filter(own);
    expectSameState(on, before, after, 'first-changed');
  },
};
