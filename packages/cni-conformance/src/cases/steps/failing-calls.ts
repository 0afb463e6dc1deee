import type { Call, Container, PluginHarness } from '../../plugin-harness.ts';

/** ADDs that no plugin can do, each for another reason. */
export async function failingCalls(on: PluginHarness, container: Container): Promise<Call[]> {
  return [
    await on.call('ADD', container, { stdin: '{not json' }),
    await on.call('ADD', container, { config: { cniVersion: '99.9.9' } }),
    await on.call('ADD', container, { config: { name: undefined } }),
    await on.call('ADD', container, { environment: { CNI_CONTAINERID: undefined } }),
    await on.call('FROB', container),
  ];
}
