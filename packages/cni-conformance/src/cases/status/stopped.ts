import type { PluginCase, Role } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { Finding } from '../../judge/finding.ts';
import { Skip } from '../../judge/skip.ts';
import type { PluginHarness } from '../../plugin-harness.ts';
import { attach } from '../steps/attach.ts';
import { mustRun } from '../steps/must-run.ts';

const roles: readonly Role[] = ['interface', 'chained', 'ipam', 'loopback', 'meta'];
const codes = [50, 51];

export const stoppedTold: PluginCase = {
  id: 'STA-02/stopped',
  title: 'STATUS fails with 50 or 51 where the plugin cannot serve ADD',
  does: 'does what the hints say under stop, and executes STATUS and ADD',
  expects: 'STATUS fails with code 50 or 51, and ADD fails',
  roles,
  mutants: ['status-ignores-stop', 'status-stop-wrong-code'],
  async run(on) {
    await stop(on);
    const status = await on.call('STATUS');
    const { exitCode } = await on.call('ADD', await on.container());
    if (exitCode === 0)
      throw new Error('ADD succeeds after what the hints say under stop; correct them');
    expectRefusal(status, { key: 'status-untrue', codes });
  },
};

export const resumedTold: PluginCase = {
  id: 'STA-02/resumed',
  title: 'STATUS succeeds again as soon as ADD can be served again',
  does: 'does what the hints say under stop, executes STATUS, does what they say under resume, and executes STATUS and ADD',
  expects: 'after resume both exit 0',
  roles,
  mutants: ['status-remembers-failure'],
  async run(on) {
    await stop(on);
    await on.call('STATUS');
    await resume(on);
    expectSuccess(await on.call('STATUS'), 'status-untrue');
    await attach(on, await on.container());
  },
};

export const delegateMissing: PluginCase = {
  id: 'STA-02/delegate-missing',
  title: 'STATUS fails where the IPAM plugin is not there',
  does: 'executes STATUS and ADD with the type of an IPAM plugin that nobody has',
  expects: 'both fail',
  roles: ['interface'],
  fast: true,
  mutants: ['status-ignores-missing-delegate'],
  async run(on) {
    if (on.config['ipam'] === undefined)
      throw new Skip('the configuration has no ipam: the plugin delegates to nobody');
    const config = { ipam: { type: 'no-such-ipam' } };
    const status = await on.call('STATUS', undefined, { config });
    const { exitCode } = await on.call('ADD', await on.container(), { config });
    if (exitCode === 0) throw new Skip('ADD succeeds without its IPAM plugin');
    expectRefusal(status, { key: 'status-untrue' });
  },
};

export const dependencyDown: PluginCase = {
  id: 'STA-03/stopped-existing',
  title: 'STATUS fails for as long as what it depends on is down, however often it is asked',
  does: 'executes ADD, does what the hints say under stop, and executes STATUS three times',
  expects: 'each STATUS fails',
  roles,
  mutants: ['status-fails-once'],
  async run(on) {
    await attach(on, await on.container());
    await stop(on);
    for (const time of ['first', 'second', 'third']) {
      const call = await on.call('STATUS');
      if (call.exitCode === 0) throw new Finding('status-untrue', `the ${time} STATUS exits 0`);
    }
  },
};

export const deletedWhileStopped: PluginCase = {
  id: 'STA-05/stopped',
  title: 'DEL is accepted while STATUS fails, and done by the time that the plugin is back',
  does: 'executes ADD, does what the hints say under stop, executes DEL, does what they say under resume, and executes ADD and DEL for the same container',
  expects: 'each DEL exits 0, and so does the second ADD',
  roles,
  mutants: ['del-refused-while-stopped', 'del-forgotten-while-stopped'],
  async run(on) {
    const container = await on.container();
    const prevResult = await attach(on, container);
    await stop(on);
    expectSuccess(await on.call('DEL', container, { config: { prevResult } }), 'del-refused');
    await resume(on);
    const again = await attach(on, container);
    const config = { prevResult: again };
    expectSuccess(await on.call('DEL', container, { config }), 'del-refused');
  },
};

async function stop(on: PluginHarness): Promise<void> {
  if (on.hints.stop === undefined)
    throw new Skip('what makes the plugin unable to serve is not in the hints, under stop');
  await mustRun(on, 'host', on.hints.stop);
}

async function resume(on: PluginHarness): Promise<void> {
  if (on.hints.resume === undefined)
    throw new Skip('what undoes stop is not in the hints, under resume');
  await mustRun(on, 'host', on.hints.resume);
}
