import type { PluginCase } from '../../case.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import type { Container } from '../../plugin-harness.ts';
import { attach } from '../steps/attach.ts';
import { collect } from '../steps/collect.ts';
import { deleteNamespace } from '../steps/delete-namespace.ts';
import { smallPool } from '../steps/small-pool.ts';

export const collectedAddressFree: PluginCase = {
  id: 'GC-01/address-free',
  title: 'The address of an attachment that GC collected can be had again',
  does: 'uses up a small pool by ADD, deletes one namespace without DEL, executes GC with the others as valid, and ADD for a new container',
  expects: 'GC and ADD exit 0',
  roles: ['interface', 'ipam', 'meta'],
  mutants: ['gc-keeps-address'],
  async run(on) {
    const { config, attachments } = smallPool(on);
    const containers: Container[] = [];
    for (let at = 0; at < attachments; at++) {
      const container = await on.container();
      await attach(on, container, { config });
      containers.push(container);
    }
    await deleteNamespace(on, containers.at(-1)!);
    expectSuccess(await collect(on, containers.slice(0, -1), { config }), 'gc-refused');
    const late = await on.call('ADD', await on.container(), { config });
    expectSuccess(late, 'address-not-released');
  },
};
