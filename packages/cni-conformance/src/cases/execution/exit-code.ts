import { type PluginCase, roles } from '../../case.ts';
import type { JsonObject } from '../../evidence.ts';
import { Finding } from '../../judge/finding.ts';
import { seen } from '../../judge/seen.ts';
import { failing, failingCalls } from '../steps/failing-calls.ts';

export const failureExits: PluginCase = {
  id: 'EXE-03/failure',
  title: 'A call that fails exits with a code that is not 0',
  does: failing,
  expects: 'each exits, by itself, with another code than 0',
  roles,
  fast: true,
  mutants: ['fails-with-exit-0', 'fails-by-signal', 'hangs-on-bad-input'],
  async run(on) {
    for (const call of await failingCalls(on, await on.container())) {
      if (call.timedOut) throw new Finding('hangs', `it did not end; ${seen(call)}`);
      if (call.signal) throw new Finding('crashes', `it should exit by itself; ${seen(call)}`);
      if (call.exitCode === 0) throw new Finding('accepted', `it should fail; ${seen(call)}`);
    }
  },
};

export const successExits: PluginCase = {
  id: 'EXE-03/success',
  title: 'A call that does what it should exits 0, and prints no error',
  does: 'executes ADD and DEL',
  expects: 'both exit 0, and what they print is no error object',
  roles,
  fast: true,
  mutants: ['add-succeeds-with-exit-1', 'del-succeeds-with-error'],
  async run(on) {
    const container = await on.container();
    const added = await on.call('ADD', container);
    const prevResult = added.document as JsonObject | undefined;
    const deleted = await on.call('DEL', container, {
      ...(prevResult && { config: { prevResult } }),
    });
    for (const call of [added, deleted]) {
      if (call.exitCode !== 0) throw new Finding('refused', `${call.verb}: ${seen(call)}`);
      const { code } = (call.document ?? {}) as JsonObject;
      if (code !== undefined) throw new Finding('error-with-exit-0', `${call.verb}: ${seen(call)}`);
    }
  },
};
