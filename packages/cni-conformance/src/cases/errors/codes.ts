import { type PluginCase, roles } from '../../case.ts';
import type { JsonObject } from '../../evidence.ts';
import { Finding } from '../../judge/finding.ts';
import { seen } from '../../judge/seen.ts';
import { Skip } from '../../judge/skip.ts';
import type { Call } from '../../plugin-harness.ts';
import { failing, failingCalls } from '../steps/failing-calls.ts';
import { fakeIpam } from '../steps/fake-ipam.ts';

export const codesOfInput: PluginCase = {
  id: 'ERR-02/input',
  title: 'An error about input has a code of the specification, or one from 100',
  does: failing,
  expects: 'no code is 0, negative, or one below 100 that the specification keeps for itself',
  roles,
  fast: true,
  mutants: ['error-code-0', 'error-code-reserved'],
  async run(on) {
    for (const call of await failingCalls(on, await on.container())) expectKnownCode(call);
  },
};

export const codesOfNamespace: PluginCase = {
  id: 'ERR-02/namespace',
  title: 'An error about the namespace has a code of the specification, or one from 100',
  does: 'executes ADD with CNI_NETNS that does not exist, then with the namespace of the host',
  expects: 'no code is 0, negative, or one below 100 that the specification keeps for itself',
  roles,
  mutants: ['namespace-code-reserved'],
  async run(on) {
    if (!on.isolated) throw new Skip('the host is no sandbox: it is not put at risk');
    for (const CNI_NETNS of ['/run/netns/nothing', '/proc/1/ns/net']) {
      const container = await on.container();
      const call = await on.call('ADD', container, { environment: { CNI_NETNS } });
      if (call.exitCode !== 0) expectKnownCode(call);
    }
  },
};

export const codesOfDelegate: PluginCase = {
  id: 'ERR-02/delegate',
  title: 'An error about a delegate has a code of the specification, or one from 100',
  does: 'executes ADD with scripted plugins for addresses that fail: with no output, with text, with JSON without a code',
  expects: 'no code is 0, negative, or one below 100 that the specification keeps for itself',
  roles: ['interface', 'meta'],
  mutants: ['delegate-failure-code-0'],
  async run(on) {
    const { ipam, config } = await fakeIpam(on);
    for (const stdout of ['', 'panic: no words', '{"error":"no code"}']) {
      await ipam.answer({ ADD: { exitCode: 1, stdout } });
      expectKnownCode(await on.call('ADD', await on.container(), { config }));
    }
  },
};

const known: readonly unknown[] = [1, 2, 3, 4, 5, 6, 7, 11, 50, 51];

/** Throws Finding `code-0`, or `code-N` with the number, where nobody may use it. Not for calls without a code. */
function expectKnownCode(call: Call): void {
  const { code } = (call.document ?? {}) as JsonObject;
  if (typeof code !== 'number' || code >= 100 || known.includes(code)) return;
  throw new Finding(`code-${code}`, `${code} is kept for the specification; ${seen(call)}`);
}
