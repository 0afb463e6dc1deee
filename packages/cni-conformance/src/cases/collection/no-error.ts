import type { PluginCase, Role } from '../../case.ts';
import { expectSilence } from '../../judge/expect-silence.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { attach } from '../steps/attach.ts';
import { collect } from '../steps/collect.ts';
import { deleteNamespace } from '../steps/delete-namespace.ts';

const roles: readonly Role[] = ['interface', 'chained', 'ipam', 'loopback', 'meta'];

export const nothingToCollect: PluginCase = {
  id: 'GC-03/nothing',
  title: 'GC is no error where there is nothing to collect, nor when it comes again',
  does: 'executes GC with an empty list before any ADD, and once more',
  expects: 'both exit 0',
  roles,
  fast: true,
  mutants: ['gc-fails-on-nothing'],
  async run(on) {
    for (let time = 0; time < 2; time++) expectSuccess(await collect(on, []), 'gc-refused');
  },
};

export const unknownListed: PluginCase = {
  id: 'GC-03/unknown',
  title: 'GC is no error where the list names what the plugin does not know',
  does: 'executes GC with a container as valid that had no ADD',
  expects: 'GC exits 0',
  roles,
  mutants: ['gc-fails-on-unknown'],
  async run(on) {
    expectSuccess(await collect(on, [await on.container()]), 'gc-refused');
  },
};

export const deletedAfterwards: PluginCase = {
  id: 'GC-03/then-del',
  title: 'DEL of what GC collected succeeds',
  does: 'executes ADD, deletes the namespace, executes GC with an empty list, and the DEL that came late',
  expects: 'both exit 0',
  roles: ['interface', 'chained', 'ipam', 'meta'],
  mutants: ['del-refuses-collected'],
  async run(on) {
    const container = await on.container();
    const prevResult = await attach(on, container);
    await deleteNamespace(on, container);
    expectSuccess(await collect(on, []), 'gc-refused');
    expectSuccess(await on.call('DEL', container, { config: { prevResult } }), 'del-refused');
  },
};

export const printsNothing: PluginCase = {
  id: 'GC-07/silent',
  title: 'GC that succeeds prints nothing on standard output',
  does: 'executes ADD, and GC with that as valid',
  expects: 'GC exits 0 with an empty standard output',
  roles,
  fast: true,
  mutants: ['gc-prints'],
  async run(on) {
    const container = await on.container();
    await attach(on, container);
    expectSilence(await collect(on, [container]));
  },
};
