import { type PluginCase, roles } from '../../case.ts';
import type { JsonObject } from '../../evidence.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { Finding } from '../../judge/finding.ts';
import { seen } from '../../judge/seen.ts';
import { failing, failingCalls } from '../steps/failing-calls.ts';

export const errorVersion: PluginCase = {
  id: 'ERR-01/version',
  title: 'An error has the cniVersion of the configuration',
  does: 'executes ADD without name, and without CNI_CONTAINERID',
  expects: 'cniVersion of both errors is that of the configuration',
  roles,
  fast: true,
  mutants: ['error-without-version', 'error-of-newest-version'],
  async run(on) {
    const container = await on.container();
    const calls = [
      await on.call('ADD', container, { config: { name: undefined } }),
      await on.call('ADD', container, { environment: { CNI_CONTAINERID: undefined } }),
    ];
    for (const call of calls) {
      expectRefusal(call);
      const { cniVersion } = call.document as JsonObject;
      if (cniVersion === on.version) continue;
      throw new Finding(
        cniVersion === undefined ? 'no-version' : 'other-version',
        `cniVersion of the error is ${JSON.stringify(cniVersion)}; ${seen(call)}`,
      );
    }
  },
};

export const errorFields: PluginCase = {
  id: 'ERR-01/fields',
  title: 'An error has a whole number as code, a text as msg, and a text as details or none',
  does: failing,
  expects: 'each field of each error is of its type, and msg is not empty',
  roles,
  fast: true,
  mutants: ['error-code-as-text', 'error-details-as-object', 'error-msg-empty'],
  async run(on) {
    for (const call of await failingCalls(on, await on.container())) {
      const { code, msg, details } = (call.document ?? {}) as JsonObject;
      if (!Number.isInteger(code)) throw new Finding('code-type', seen(call));
      if (typeof msg !== 'string') throw new Finding('msg-type', seen(call));
      if (msg.trim() === '') throw new Finding('msg-empty', seen(call));
      if (details !== undefined && typeof details !== 'string') {
        throw new Finding('details-type', seen(call));
      }
    }
  },
};
