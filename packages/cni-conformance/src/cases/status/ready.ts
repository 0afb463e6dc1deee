import type { PluginCase, Role } from '../../case.ts';
import { expectSilence } from '../../judge/expect-silence.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { attach } from '../steps/attach.ts';

const roles: readonly Role[] = ['interface', 'chained', 'ipam', 'loopback', 'meta'];

export const ready: PluginCase = {
  id: 'STA-01',
  title: 'STATUS and ADD say the same of a plugin that is ready',
  does: 'executes STATUS, then ADD',
  expects: 'both exit 0',
  roles,
  fast: true,
  mutants: ['status-always-fails', 'add-fails-after-status'],
  async run(on) {
    expectSuccess(await on.call('STATUS'), 'status-refused');
    await attach(on, await on.container());
  },
};

export const notNeeded: PluginCase = {
  id: 'STA-04',
  title: 'ADD succeeds though nobody asked STATUS',
  does: 'executes ADD as the first call of all',
  expects: 'ADD exits 0',
  roles,
  mutants: ['add-needs-status'],
  async run(on) {
    await attach(on, await on.container());
  },
};

export const needsNothing: PluginCase = {
  id: 'STA-07',
  title: 'STATUS needs no variable but CNI_COMMAND, and prints nothing when it succeeds',
  does: 'executes STATUS without CNI_CONTAINERID, CNI_NETNS, CNI_IFNAME and CNI_ARGS',
  expects: 'it exits 0 with an empty standard output',
  roles,
  fast: true,
  mutants: ['status-needs-container', 'status-prints'],
  async run(on) {
    const hasDelegate = on.config['ipam'] !== undefined || on.role === 'meta';
    // Whoever delegates must find the delegate: CNI_PATH can only be missing where there is none.
    const environment = hasDelegate ? {} : { CNI_PATH: undefined };
    expectSilence(await on.call('STATUS', undefined, { environment }));
  },
};
