import type { PluginCase } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { Finding } from '../../judge/finding.ts';
import { failure, fakeIpam } from '../steps/fake-ipam.ts';

export const statusDelegated: PluginCase = {
  id: 'STA-06/asked',
  title: 'STATUS asks the IPAM plugin too',
  does: 'executes STATUS with a recording IPAM plugin',
  expects: 'STATUS exits 0, and the IPAM plugin was executed with STATUS',
  roles: ['interface'],
  fast: true,
  mutants: ['status-skips-delegate'],
  async run(on) {
    const { ipam, config } = await fakeIpam(on);
    expectSuccess(await on.call('STATUS', undefined, { config }), 'status-refused');
    const asked = (await ipam.calls()).some(({ verb }) => verb === 'STATUS');
    if (!asked) throw new Finding('status-not-delegated', 'the IPAM plugin saw no STATUS');
  },
};

export const statusOfDelegateFails: PluginCase = {
  id: 'STA-06/fails',
  level: 'SHOULD',
  title: 'STATUS fails where that of the IPAM plugin fails',
  does: 'executes STATUS with an IPAM plugin that fails STATUS',
  expects: 'STATUS fails',
  roles: ['interface'],
  fast: true,
  mutants: ['status-ignores-delegate-failure'],
  async run(on) {
    const { config } = await fakeIpam(on, { STATUS: failure(on) });
    const call = await on.call('STATUS', undefined, { config });
    expectRefusal(call, { key: 'failure-ignored' });
  },
};
