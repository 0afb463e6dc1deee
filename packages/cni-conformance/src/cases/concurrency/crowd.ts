import type { JsonObject } from '../../evidence.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import type { Container, PluginHarness } from '../../plugin-harness.ts';
import { several } from '../steps/several.ts';

export interface Member {
  readonly container: Container;
  readonly result: JsonObject;
}

/** So many containers: all that there may be, but no more than 24 at once. */
export async function containersAtOnce(on: PluginHarness, wanted = 24): Promise<Container[]> {
  const containers: Container[] = [];
  for (let left = several(on, wanted); left > 0; left--) containers.push(await on.container());
  return containers;
}

/** ADD for all of them at once. Throws Finding `add-refused`. */
export const addAll = (
  on: PluginHarness,
  containers: readonly Container[],
): Promise<readonly Member[]> =>
  Promise.all(
    containers.map(async (container) => {
      const call = await on.call('ADD', container);
      expectSuccess(call, 'add-refused');
      return { container, result: (call.document ?? {}) as JsonObject };
    }),
  );

/** DEL for all of them at once. Throws Finding `del-refused`. */
export async function deleteAll(on: PluginHarness, members: readonly Member[]): Promise<void> {
  const calls = await Promise.all(
    members.map(({ container, result: prevResult }) =>
      on.call('DEL', container, { config: { prevResult } }),
    ),
  );
  for (const call of calls) expectSuccess(call, 'del-refused');
}

/** CHECK for all of them at once. Throws Finding `check-refused`. */
export async function checkAll(on: PluginHarness, members: readonly Member[]): Promise<void> {
  const calls = await Promise.all(
    members.map(({ container, result: prevResult }) =>
      on.call('CHECK', container, { config: { prevResult } }),
    ),
  );
  for (const call of calls) expectSuccess(call, 'check-refused');
}
