import type { PluginCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { failure, fakeIpam } from '../steps/fake-ipam.ts';

const mark = 'a-line-of-the-delegate';

/** One case where the delegate succeeds, one where it fails. */
export const standardErrorPassed: readonly PluginCase[] = (['succeeds', 'fails'] as const).map(
  (way): PluginCase => ({
    id: `DLG-04/${way}`,
    title: `What a delegate that ${way} says on standard error comes out at its caller`,
    does: `executes ADD with an IPAM plugin that writes a line on standard error and ${way}`,
    expects: 'the line is on the standard error of the plugin',
    roles: ['interface'],
    fast: true,
    mutants: [`delegate-stderr-lost-when-it-${way}`],
    async run(on) {
      const { config } = await fakeIpam(on, {
        ADD: { ...(way === 'fails' && failure(on)), stderr: `${mark}\n` },
      });
      const call = await on.call('ADD', await on.container(), { config });
      if (!call.stderr.includes(mark)) {
        throw new Finding(
          'standard-error-lost',
          `the IPAM plugin said ${mark}; standard error of ${call.verb} is ${JSON.stringify(call.stderr)}`,
        );
      }
    },
  }),
);
