import type { PluginCase } from '../../case.ts';
import type { JsonObject } from '../../evidence.ts';
import { expectSameState } from '../../judge/expect-same-state.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { Finding } from '../../judge/finding.ts';
import { Skip } from '../../judge/skip.ts';
import type { Container } from '../../plugin-harness.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';
import { observe } from '../steps/observe.ts';
import { readResult } from '../steps/read-result.ts';
import { several } from '../steps/several.ts';

const next = (container: Container): Container => ({ ...container, ifname: 'eth1' });

export const secondInterface: PluginCase = {
  id: 'ADD-06/second',
  title: 'A container can be on the network twice, under two interface names',
  does: 'executes ADD with eth0 and with eth1 for one container',
  expects: 'both succeed, both interfaces are there, and they have different addresses',
  roles: ['interface', 'ipam'],
  fast: true,
  mutants: ['add-refuses-second-interface', 'add-second-interface-same-address'],
  async run(on) {
    several(on, 2);
    const container = await on.container();
    const first = readResult(on, await attach(on, container));
    const call = await on.call('ADD', next(container));
    expectSuccess(call, 'second-interface-refused');
    const second = readResult(on, call.document);
    const shared = (second.ips ?? []).find(({ address }) =>
      first.ips?.some((each) => each.address === address),
    );
    const fixed = (on.config['ipam'] as { type?: unknown } | undefined)?.type === 'static';
    if (shared && !fixed && on.type !== 'static')
      throw new Finding('address-twice', `${shared.address} was given to eth0 and to eth1`);
    if (on.role === 'ipam') return;
    const { links } = await observe(on, container);
    for (const name of ['eth0', 'eth1']) {
      if (!links.some((link) => link.name === name))
        throw new Finding('no-interface', `${name} is not there after both ADDs succeeded`);
    }
  },
};

export const secondInterfaceRemoved: PluginCase = {
  id: 'ADD-06/removed',
  title: 'DEL of one interface leaves the other interface of the container',
  does: 'executes ADD with eth0, reads the state, executes ADD and DEL with eth1, reads the state again',
  expects: 'the same state',
  roles: ['interface', 'ipam'],
  mutants: ['del-removes-all-interfaces'],
  async run(on) {
    several(on, 2);
    const container = await on.container();
    await attach(on, container);
    const before = await on.state(container);
    const call = await on.call('ADD', next(container));
    if (call.exitCode !== 0) throw new Skip('a second interface is refused (ADD-06/second)');
    await detach(on, next(container), call.document as JsonObject);
    expectSameState(on, before, await on.state(container), 'other-interface-changed');
  },
};
