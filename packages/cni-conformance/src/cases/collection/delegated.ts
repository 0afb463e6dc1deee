import { validAttachmentsKey } from '@vcn-cni/cni-spec';
import type { PluginCase } from '../../case.ts';
import { expectNothingLeft } from '../../judge/expect-nothing-left.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { Finding } from '../../judge/finding.ts';
import { sameJson } from '../../judge/same-json.ts';
import { attach } from '../steps/attach.ts';
import { collect } from '../steps/collect.ts';
import { deleteNamespace } from '../steps/delete-namespace.ts';
import { failure, fakeIpam } from '../steps/fake-ipam.ts';
import { warmUp } from '../steps/warm-up.ts';

export const gcDelegated: PluginCase = {
  id: 'GC-04',
  title: 'GC is passed on to the IPAM plugin, with its list',
  does: 'executes GC with one attachment as valid, with a recording IPAM plugin',
  expects: 'GC exits 0, and the IPAM plugin got GC with the same list',
  roles: ['interface'],
  fast: true,
  mutants: ['gc-skips-delegate', 'gc-delegate-without-list'],
  async run(on) {
    const { ipam, config } = await fakeIpam(on);
    const container = await on.container();
    await attach(on, container, { config });
    expectSuccess(await collect(on, [container], { config }), 'gc-refused');
    const asked = (await ipam.calls()).filter(({ verb }) => verb === 'GC');
    if (asked.length === 0) throw new Finding('gc-not-delegated', 'the IPAM plugin saw no GC');
    const list = asked[0]!.config?.[validAttachmentsKey];
    if (!sameJson(list, [{ containerID: container.id, ifname: container.ifname }]))
      throw new Finding('list-changed', `the IPAM plugin got ${JSON.stringify(list)}`);
  },
};

export const gcOfDelegateFails: PluginCase = {
  id: 'GC-07/error',
  title: 'GC fails with an error document where that of the IPAM plugin fails',
  does: 'executes GC with an IPAM plugin that fails GC',
  expects: 'GC fails with one error document on standard output',
  roles: ['interface'],
  fast: true,
  mutants: ['gc-ignores-delegate-failure'],
  async run(on) {
    const { config } = await fakeIpam(on, { GC: failure(on) });
    expectRefusal(await collect(on, [], { config }), { key: 'failure-ignored' });
  },
};

export const goesOn: PluginCase = {
  id: 'GC-03/goes-on',
  title: 'GC removes what it can although the IPAM plugin fails',
  does: 'executes ADD with a recording IPAM plugin, deletes the namespace, and executes GC with an empty list and an IPAM plugin that fails GC; compares the host',
  expects: 'nothing of the attachment is left on the host',
  roles: ['interface'],
  mutants: ['gc-stops-at-delegate-failure'],
  async run(on) {
    const { config } = await fakeIpam(on, { GC: failure(on) });
    await warmUp(on);
    const container = await on.container();
    const before = await on.state();
    await attach(on, container, { config });
    await deleteNamespace(on, container);
    await collect(on, [], { config });
    expectNothingLeft(on, before, await on.state(), 'stale-left');
  },
};
