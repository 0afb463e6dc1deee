import type { PluginCase, Role } from '../../case.ts';
import { expectNothingLeft } from '../../judge/expect-nothing-left.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { expectSameState } from '../../judge/expect-same-state.ts';
import { Skip } from '../../judge/skip.ts';
import { mustRun } from '../steps/must-run.ts';
import { warmUp } from '../steps/warm-up.ts';

const roles: readonly Role[] = ['interface', 'chained', 'loopback', 'meta'];

interface Wrong {
  readonly name: string;
  readonly what: string;
  /** Makes it, on the host; `$path` is where. */
  readonly make: string;
}

const wrong: readonly Wrong[] = [
  { name: 'missing', what: 'a path where nothing is', make: ':' },
  {
    name: 'plain-file',
    what: 'an empty file, as a mount that was lost leaves',
    make: ': >"$path"',
  },
  { name: 'folder', what: 'a folder', make: 'mkdir "$path"' },
  {
    name: 'other-kind',
    what: 'a namespace of another kind',
    make: ': >"$path" && mount --bind /proc/self/ns/uts "$path"',
  },
];

/** One case each: ADD cannot work, and must say so. */
export const wrongNamespaces: readonly PluginCase[] = wrong.map(
  ({ name, what, make }): PluginCase => ({
    id: `ADD-10/namespace-${name}`,
    title: `ADD with ${what} for CNI_NETNS fails, and leaves nothing after DEL`,
    does: `executes ADD with ${what} as CNI_NETNS, then DEL; compares the host`,
    expects:
      'ADD fails with an error document, unless the plugin is chained and does nothing there; the host is as before; how DEL ends is DEL-05',
    roles,
    mutants: [`add-accepts-namespace-${name}`, `add-namespace-${name}-leaves-reservation`],
    async run(on) {
      await warmUp(on);
      const container = await on.container();
      const netns = `/run/netns/wrong-${container.name}`;
      const made = await on.sh('host', `path=${netns}; ${make}`);
      if (made.exitCode !== 0) throw new Skip(`cannot be made here: ${made.stderr.trim()}`);
      const before = await on.state();
      const lost = { ...container, netns };
      const call = await on.call('ADD', lost);
      // A chained plugin may have nothing to do in the namespace.
      if (on.role !== 'chained' || call.exitCode !== 0)
        expectRefusal(call, { key: 'wrong-namespace-accepted' });
      const config = call.exitCode === 0 ? { prevResult: call.document } : {};
      await on.call('DEL', lost, { config });
      expectNothingLeft(on, before, await on.state());
    },
  }),
);

export const hostNamespace: PluginCase = {
  id: 'ADD-10/namespace-of-host',
  title: 'ADD refuses the namespace that the plugin itself is in, before it does anything',
  does: 'executes ADD with the namespace of the host as CNI_NETNS, and compares the host before and after that alone',
  expects: 'ADD fails with one error document, and the host is as before',
  roles: ['interface', 'loopback', 'meta'],
  mutants: ['add-accepts-host-namespace', 'add-host-namespace-checked-last'],
  async run(on) {
    await warmUp(on);
    const container = await on.container();
    const netns = `/run/netns/host-${container.name}`;
    await mustRun(on, 'host', `: >${netns} && mount --bind /proc/self/ns/net ${netns}`);
    const before = await on.state();
    const call = await on.call('ADD', { ...container, netns });
    const after = await on.state();
    await on.call('DEL', { ...container, netns });
    expectSameState(on, before, after, 'host-changed');
    expectRefusal(call, { key: 'host-namespace-accepted' });
  },
};
