import type { JsonObject } from '../../evidence.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import type { CallChange, Container, PluginHarness } from '../../plugin-harness.ts';

/** ADD, which must succeed; its result. Throws Finding `add-refused`. */
export async function attach(
  on: PluginHarness,
  container: Container,
  change?: CallChange,
): Promise<JsonObject> {
  const call = await on.call('ADD', container, change);
  expectSuccess(call, 'add-refused');
  return (call.document ?? {}) as JsonObject;
}
