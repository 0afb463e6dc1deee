import type { JsonObject } from '../../evidence.ts';
import { Skip } from '../../judge/skip.ts';
import type { Call, CallChange, Container, PluginHarness } from '../../plugin-harness.ts';

/** CHECK with a result as `prevResult`. */
export const check = (
  on: PluginHarness,
  container: Container,
  prevResult: JsonObject,
  change: CallChange = {},
): Promise<Call> =>
  on.call('CHECK', container, { ...change, config: { prevResult, ...change.config } });

/** That CHECK finds all well before anything is broken: else what it says afterwards means nothing. Throws Skip. */
export async function checkIsOfUse(
  on: PluginHarness,
  container: Container,
  prevResult: JsonObject,
): Promise<void> {
  const { exitCode } = await check(on, container, prevResult);
  if (exitCode !== 0) {
    throw new Skip('CHECK fails before anything is broken (CHK-06): it cannot be tried');
  }
}
