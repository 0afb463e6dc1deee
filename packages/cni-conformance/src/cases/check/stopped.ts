import type { PluginCase } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { Skip } from '../../judge/skip.ts';
import { attach } from '../steps/attach.ts';
import { check, checkIsOfUse } from '../steps/check.ts';
import { mustRun } from '../steps/must-run.ts';

export const stoppedNoticed: PluginCase = {
  id: 'CHK-04/daemon',
  title: 'CHECK fails where the daemon of the plugin is stopped',
  does: 'executes ADD and CHECK, does what the hints say under stop, and executes CHECK again',
  expects: 'the second CHECK fails',
  roles: ['interface', 'chained', 'ipam', 'loopback', 'meta'],
  mutants: ['check-ignores-daemon'],
  async run(on) {
    const { stop, resume } = on.hints;
    if (stop === undefined) throw new Skip('what stops the plugin is not in the hints, under stop');
    const container = await on.container();
    const result = await attach(on, container);
    await checkIsOfUse(on, container, result);
    await mustRun(on, 'host', stop);
    const call = await check(on, container, result);
    if (resume !== undefined) await mustRun(on, 'host', resume);
    expectRefusal(call, { key: 'not-noticed' });
  },
};
