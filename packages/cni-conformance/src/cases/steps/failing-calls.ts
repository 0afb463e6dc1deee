import type { Call, Container, PluginHarness } from '../../plugin-harness.ts';

/** What {@link failingCalls} does, in the words of a case. */
export const failing =
  'executes ADD with input that is no JSON, with cniVersion 99.9.9, without name, without CNI_CONTAINERID, and with CNI_COMMAND FROB';

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
