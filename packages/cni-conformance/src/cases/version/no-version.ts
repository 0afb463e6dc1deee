import type { CniVersion } from '@vcn-cni/cni-spec';
import { type PluginCase, roles } from '../../case.ts';
import type { JsonObject } from '../../evidence.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { expectResult } from '../../judge/expect-result.ts';
import { Finding } from '../../judge/finding.ts';

const oldest: readonly CniVersion[] = ['0.1.0', '0.2.0'];

export const noVersion: PluginCase = {
  id: 'VER-06/absent',
  level: 'MAY',
  title: 'A configuration without cniVersion is of the oldest version, or refused',
  does: 'executes ADD without cniVersion in the configuration',
  expects: 'a result of 0.1.0 or 0.2.0; or an error object',
  roles,
  mutants: ['no-version-is-newest'],
  async run(on) {
    const container = await on.container({ version: '0.3.1' });
    const call = await on.call('ADD', container, { config: { cniVersion: undefined } });
    if (call.exitCode !== 0) return void expectRefusal(call);
    const { cniVersion } = (call.document ?? {}) as JsonObject;
    const version = oldest.find((each) => each === (cniVersion ?? '0.1.0'));
    if (!version) {
      throw new Finding(
        'newer-result',
        `cniVersion of the result is ${JSON.stringify(cniVersion)}`,
      );
    }
    expectResult(on, call, version);
    await on.call('DEL', container, { config: { cniVersion: undefined } });
  },
};
