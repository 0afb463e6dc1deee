import { compareVersions } from '@vcn-cni/cni-spec';
import type { PluginCase, Role } from '../../case.ts';
import { expectNothingLeft } from '../../judge/expect-nothing-left.ts';
import { expectTrueAddresses, expectTrueLinks } from '../../judge/expect-true-result.ts';
import { Finding } from '../../judge/finding.ts';
import type { PluginHarness } from '../../plugin-harness.ts';
import { deleteNamespaces } from '../steps/delete-namespace.ts';
import { observe } from '../steps/observe.ts';
import { readResult } from '../steps/read-result.ts';
import { warmUp } from '../steps/warm-up.ts';
import { addAll, checkAll, containersAtOnce, deleteAll, type Member } from './crowd.ts';

const roles: readonly Role[] = ['interface', 'chained', 'ipam', 'loopback', 'meta'];

export const addsAtOnce: PluginCase = {
  id: 'LIF-04/adds',
  title: '24 ADDs at once succeed, and no two containers get the same address',
  does: 'executes ADD for 24 containers at the same time',
  expects: 'each exits 0; no address is in two results; what each lists is there',
  roles,
  mutants: ['add-not-concurrent', 'add-same-address-at-once', 'add-loses-interface-at-once'],
  async run(on) {
    const members = await addAll(on, await containersAtOnce(on));
    expectUnique(on, members);
    if (on.role === 'ipam') return;
    const host = await observe(on, 'host');
    for (const { container, result } of members) {
      const sides = { host, container: await observe(on, container) };
      const read = readResult(on, result);
      expectTrueLinks(read, sides);
      expectTrueAddresses(read, sides);
    }
  },
};

export const checksAtOnce: PluginCase = {
  id: 'LIF-04/checks',
  since: '0.4.0',
  title: '24 CHECKs at once succeed',
  does: 'executes ADD for 24 containers, then CHECK for all at the same time',
  expects: 'each exits 0',
  roles,
  mutants: ['check-not-concurrent'],
  async run(on) {
    await checkAll(on, await addAll(on, await containersAtOnce(on)));
  },
};

export const deletesAtOnce: PluginCase = {
  id: 'LIF-04/deletes',
  title: '24 DELs at once succeed and leave nothing',
  does: 'executes ADD for 24 containers, then DEL for all at the same time, deletes the namespaces and compares the host',
  expects: 'each exits 0; nothing is there that was not there before',
  roles,
  mutants: ['del-not-concurrent', 'del-leaves-reservation-at-once'],
  async run(on) {
    await warmUp(on);
    const containers = await containersAtOnce(on);
    const before = await on.state();
    await deleteAll(on, await addAll(on, containers));
    await deleteNamespaces(on, containers);
    expectNothingLeft(on, before, await on.state());
  },
};

export const mixedAtOnce: PluginCase = {
  id: 'LIF-04/mixed',
  title: 'ADD, DEL and CHECK of different containers do not disturb each other',
  does: 'executes ADD for half of 24 containers; then at the same time DEL for a third of these, CHECK for the others, and ADD for the other half; at the end DEL for all, and compares the host',
  expects: 'each exits 0; no two containers that live have the same address; nothing is left',
  roles,
  mutants: ['add-takes-address-in-use', 'del-disturbs-check'],
  async run(on) {
    await warmUp(on);
    const containers = await containersAtOnce(on);
    const before = await on.state();
    const half = Math.ceil(containers.length / 2);
    const first = await addAll(on, containers.slice(0, half));
    const [leaving, staying] = [first.slice(0, half / 3), first.slice(half / 3)];
    const knowsCheck = compareVersions(on.version, '0.4.0') >= 0;
    const [second] = await Promise.all([
      addAll(on, containers.slice(half)),
      deleteAll(on, leaving),
      knowsCheck && checkAll(on, staying),
    ]);
    expectUnique(on, [...staying, ...second]);
    await deleteAll(on, [...staying, ...second]);
    await deleteNamespaces(on, containers);
    expectNothingLeft(on, before, await on.state());
  },
};

/** No address twice, where the plugin, or the one that it delegates to, chooses them. */
function expectUnique(on: PluginHarness, members: readonly Member[]): void {
  const chosen =
    on.role === 'loopback' || on.type === 'static' ? undefined : (on.config['ipam'] ?? on.hints);
  const isFixed = (chosen as { type?: unknown } | undefined)?.type === 'static';
  if (chosen === undefined || isFixed) return;
  const owners = new Map<string, string>();
  for (const { container, result } of members) {
    for (const { address } of readResult(on, result).ips ?? []) {
      const other = owners.get(address);
      if (other !== undefined)
        throw new Finding('address-twice', `${other} and ${container.name} both got ${address}`);
      owners.set(address, container.name);
    }
  }
}
