import type { PluginCase } from '../../case.ts';
import { expectNothingLeft } from '../../judge/expect-nothing-left.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { Finding } from '../../judge/finding.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';
import { momentsOf } from '../steps/kill-sweep.ts';

export const killed: PluginCase = {
  id: 'ADD-10/killed',
  title: 'An ADD that is killed at any moment can be undone by DEL and done again',
  does: 'measures an ADD; then executes it ten times, kills it (SIGKILL) each time a tenth of that later, executes DEL without prevResult, compares the state, and executes ADD and DEL',
  expects: 'each DEL succeeds and leaves nothing; each new ADD succeeds',
  roles: ['interface', 'chained', 'ipam', 'loopback', 'meta'],
  mutants: ['add-killed-leaves-reservation', 'add-killed-leaves-lock'],
  async run(on) {
    const container = await on.container();
    const measured = await on.call('ADD', container);
    expectSuccess(measured, 'add-refused');
    await on.call('DEL', container, { config: { prevResult: measured.document } });
    const before = await on.state(container);
    for (const killAfterMs of momentsOf(measured)) {
      await on.call('ADD', container, { killAfterMs });
      const call = await on.call('DEL', container);
      expectSuccess(call, 'del-refused');
      const when = `after an ADD killed at ${killAfterMs.toFixed(1)} ms of ${measured.durationMs.toFixed(1)}`;
      try {
        expectNothingLeft(on, before, await on.state(container));
      } catch (error) {
        throw error instanceof Finding
          ? new Finding(error.key, `${when}: ${error.message}`)
          : error;
      }
      await detach(on, container, await attach(on, container));
    }
  },
};
