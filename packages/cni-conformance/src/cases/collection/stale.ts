import type { PluginCase, Role } from '../../case.ts';
import { expectNothingLeft } from '../../judge/expect-nothing-left.ts';
import { expectSameState } from '../../judge/expect-same-state.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { Skip } from '../../judge/skip.ts';
import { attach } from '../steps/attach.ts';
import { check } from '../steps/check.ts';
import { collect } from '../steps/collect.ts';
import { deleteNamespace } from '../steps/delete-namespace.ts';
import { several } from '../steps/several.ts';

const roles: readonly Role[] = ['interface', 'chained', 'ipam', 'meta'];

export const staleRemoved: PluginCase = {
  id: 'GC-01/stale',
  title: 'GC removes what is left of an attachment that is not listed',
  does: 'executes ADD for two containers, deletes the namespace of the second without DEL, executes GC with the first as valid, and compares the host with what it was before the second',
  expects: 'GC exits 0, nothing of the second is left, and CHECK of the first succeeds',
  roles,
  fast: true,
  mutants: ['gc-does-nothing', 'gc-removes-valid-too'],
  async run(on) {
    several(on, 2);
    const valid = await on.container();
    const result = await attach(on, valid);
    const before = await on.state();
    const stale = await on.container();
    await attach(on, stale);
    await deleteNamespace(on, stale);
    expectSuccess(await collect(on, [valid]), 'gc-refused');
    expectNothingLeft(on, before, await on.state(), 'stale-left');
    expectSuccess(await check(on, valid, result), 'valid-broken');
  },
};

export const validKept: PluginCase = {
  id: 'GC-01/valid',
  level: 'MUST',
  title: 'GC leaves what is listed as it is',
  does: 'executes ADD for two containers, GC with both as valid, and compares host and both containers',
  expects: 'GC exits 0; the same state',
  roles,
  fast: true,
  mutants: ['gc-removes-last'],
  async run(on) {
    several(on, 2);
    const containers = [await on.container(), await on.container()];
    for (const each of containers) await attach(on, each);
    const before = await on.state(...containers);
    expectSuccess(await collect(on, containers), 'gc-refused');
    expectSameState(on, before, await on.state(...containers), 'valid-changed');
  },
};

export const interfaceNameMatters: PluginCase = {
  id: 'GC-01/interface-name',
  title: 'GC knows the attachments of one container apart by their interface names',
  does: 'executes ADD with eth0 and eth1 for one container, reads the state in between, and executes GC with eth0 as valid',
  expects: 'GC exits 0; the host is as before the ADD of eth1',
  roles: ['ipam'],
  mutants: ['gc-ignores-interface-name'],
  async run(on) {
    several(on, 2);
    const container = await on.container();
    await attach(on, container);
    const before = await on.state();
    const second = { ...container, ifname: 'eth1' };
    const { exitCode } = await on.call('ADD', second);
    if (exitCode !== 0) throw new Skip('a second interface is refused (ADD-06/second)');
    expectSuccess(await collect(on, [container]), 'gc-refused');
    expectSameState(on, before, await on.state(), 'stale-left');
  },
};

export const otherNetworkKept: PluginCase = {
  id: 'GC-01/other-network',
  level: 'MUST',
  title: 'GC of one network leaves the attachments of another',
  does: 'executes ADD, then GC with an empty list for a network of another name; compares host and container',
  expects: 'the same state',
  roles,
  fast: true,
  mutants: ['gc-ignores-network'],
  async run(on) {
    const container = await on.container();
    await attach(on, container);
    const before = await on.state(container);
    await collect(on, [], { config: { name: 'another-network' } });
    expectSameState(on, before, await on.state(container), 'other-network-changed');
  },
};

export const emptyList: PluginCase = {
  id: 'GC-08/empty',
  title: 'GC with an empty list removes what is left of every attachment',
  does: 'executes ADD, deletes the namespace without DEL, and executes GC with an empty list; compares the host',
  expects: 'GC exits 0, and nothing of the attachment is left',
  roles,
  mutants: ['gc-takes-empty-for-none'],
  async run(on) {
    const first = await on.container();
    const result = await attach(on, first);
    await on.call('DEL', first, { config: { prevResult: result } });
    const before = await on.state();
    const container = await on.container();
    await attach(on, container);
    await deleteNamespace(on, container);
    expectSuccess(await collect(on, []), 'gc-refused');
    expectNothingLeft(on, before, await on.state(), 'stale-left');
  },
};
