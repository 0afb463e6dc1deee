import type { PluginCase, Role } from '../../case.ts';
import { expectNothingLeft } from '../../judge/expect-nothing-left.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { seen } from '../../judge/seen.ts';
import type { CallChange, Container } from '../../plugin-harness.ts';
import { attach } from '../steps/attach.ts';
import { deleteNamespace } from '../steps/delete-namespace.ts';
import { detach } from '../steps/detach.ts';
import { mustRun } from '../steps/must-run.ts';
import { smallPool } from '../steps/small-pool.ts';
import { warmUp } from '../steps/warm-up.ts';

const roles: readonly Role[] = ['interface', 'chained', 'ipam', 'loopback', 'meta'];

interface Way {
  readonly name: string;
  readonly words: string;
  readonly level?: 'MAY';
  /** After the namespace was deleted, at its path. */
  readonly make?: (path: string) => string;
  readonly change?: CallChange;
}

const ways: readonly Way[] = [
  {
    name: 'unset',
    words: 'is not set, and the namespace is gone',
    change: { environment: { CNI_NETNS: undefined } },
  },
  {
    name: 'empty',
    words: 'is empty, and the namespace is gone',
    change: { environment: { CNI_NETNS: '' } },
  },
  { name: 'gone', words: 'is a path where nothing is any more' },
  {
    name: 'plain-file',
    words: 'is an empty file, as a mount that was lost leaves it',
    make: (path) => `: >${path}`,
  },
  {
    name: 'other-kind',
    level: 'MAY',
    words: 'is a namespace of another kind',
    make: (path) => `: >${path} && mount --bind /proc/self/ns/uts ${path}`,
  },
];

export const namespaceGone: readonly PluginCase[] = ways.map(
  ({ name, words, level, make, change = {} }): PluginCase => ({
    id: `DEL-05/${name}`,
    ...(level && { level }),
    title: `DEL succeeds and cleans the host where CNI_NETNS ${words}`,
    does: `executes ADD, deletes the namespace, and executes DEL where CNI_NETNS ${words}; compares the host`,
    expects:
      'DEL exits 0; addresses are released, and nothing of the attachment is left on the host',
    roles,
    ...(name === 'gone' && { fast: true as const }),
    mutants: [`del-refuses-netns-${name}`, `del-netns-${name}-leaves-reservation`],
    async run(on) {
      await warmUp(on);
      const container = await on.container();
      const before = await on.state();
      const result = await attach(on, container);
      await deleteNamespace(on, container);
      if (make) await mustRun(on, 'host', make(container.netns));
      await detach(on, container, result, change);
      expectNothingLeft(on, before, await on.state());
    },
  }),
);

export const addressFree: PluginCase = {
  id: 'DEL-05/address-free',
  title: 'An address that DEL released without a namespace can be had again',
  does: 'uses up a small pool, deletes one namespace, executes its DEL without CNI_NETNS, and ADD for a new container',
  expects: 'an ADD beyond the pool fails, and succeeds after that DEL',
  roles: ['interface', 'ipam', 'meta'],
  mutants: ['del-without-netns-keeps-address'],
  async run(on) {
    const { config, attachments } = smallPool(on);
    const containers: Container[] = [];
    let prevResult = {};
    for (let at = 0; at < attachments; at++) {
      const container = await on.container();
      prevResult = await attach(on, container, { config });
      containers.push(container);
    }
    const late = await on.container();
    const refused = await on.call('ADD', late, { config });
    if (refused.exitCode === 0)
      throw new Error(
        `ADD ${attachments + 1} succeeds; ${seen(refused)}; correct the hints, under exhaust`,
      );
    await on.call('DEL', late, { config });
    const gone = containers.at(-1)!;
    await deleteNamespace(on, gone);
    const environment = { CNI_NETNS: undefined };
    await detach(on, gone, prevResult, { config, environment });
    const again = await on.call('ADD', late, { config });
    expectSuccess(again, 'address-not-released');
  },
};
