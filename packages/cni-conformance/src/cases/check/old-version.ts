import type { PluginCase } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { Skip } from '../../judge/skip.ts';
import { attach } from '../steps/attach.ts';
import { check } from '../steps/check.ts';

export const oldVersion: PluginCase = {
  id: 'CHK-11',
  title: 'CHECK with a configuration of 0.3.1 is refused with code 1',
  does: 'executes ADD and CHECK with cniVersion 0.3.1',
  expects: 'CHECK fails with code 1',
  roles: ['interface', 'chained', 'ipam', 'loopback', 'meta'],
  fast: true,
  mutants: ['check-allows-old-version', 'check-old-version-wrong-code'],
  async run(on) {
    if (!on.supportedVersions.includes('0.3.1')) throw new Skip('the plugin does not know 0.3.1');
    const container = await on.container({ version: '0.3.1' });
    const config = { cniVersion: '0.3.1' };
    const result = await attach(on, container, { config });
    expectRefusal(await check(on, container, result, { config }), { codes: [1] });
  },
};
