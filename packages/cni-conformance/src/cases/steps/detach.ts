import type { JsonObject } from '../../evidence.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import type { CallChange, Container, PluginHarness } from '../../plugin-harness.ts';

/** DEL with the result of ADD, which must succeed. Throws Finding `del-refused`. */
export async function detach(
  on: PluginHarness,
  container: Container,
  prevResult: JsonObject | undefined,
  change: CallChange = {},
): Promise<void> {
  const config = { ...(prevResult && { prevResult }), ...change.config };
  expectSuccess(await on.call('DEL', container, { ...change, config }), 'del-refused');
}
