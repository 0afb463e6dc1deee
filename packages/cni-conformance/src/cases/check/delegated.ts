import type { PluginCase } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { Finding } from '../../judge/finding.ts';
import { attach } from '../steps/attach.ts';
import { check } from '../steps/check.ts';
import { failure, fakeIpam } from '../steps/fake-ipam.ts';

export const checkDelegated: PluginCase = {
  id: 'CHK-07/asked',
  title: 'CHECK asks the IPAM plugin too',
  does: 'executes ADD and CHECK with a recording IPAM plugin',
  expects: 'the IPAM plugin is executed with CHECK, with the same prevResult',
  roles: ['interface'],
  fast: true,
  mutants: ['check-skips-delegate', 'check-delegate-without-prevresult'],
  async run(on) {
    const { ipam, config } = await fakeIpam(on);
    const container = await on.container();
    const result = await attach(on, container, { config });
    expectSuccess(await check(on, container, result, { config }), 'check-refused');
    const asked = (await ipam.calls()).filter(({ verb }) => verb === 'CHECK');
    if (asked.length === 0)
      throw new Finding('check-not-delegated', 'the IPAM plugin saw no CHECK');
    if (asked.some((call) => call.config?.['prevResult'] === undefined))
      throw new Finding('prevresult-not-given', 'the IPAM plugin got CHECK without prevResult');
  },
};

export const checkOfDelegateFails: PluginCase = {
  id: 'CHK-07/fails',
  title: 'CHECK fails where that of the IPAM plugin fails',
  does: 'executes ADD, and CHECK with an IPAM plugin that fails CHECK with code 150',
  expects: 'CHECK fails',
  roles: ['interface'],
  fast: true,
  mutants: ['check-ignores-delegate-failure'],
  async run(on) {
    const { config } = await fakeIpam(on, { CHECK: failure(on) });
    const container = await on.container();
    const result = await attach(on, container, { config });
    expectRefusal(await check(on, container, result, { config }), { key: 'failure-ignored' });
  },
};
