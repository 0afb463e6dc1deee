import { expectSameState } from '../../judge/expect-same-state.ts';
import type { Container, PluginHarness } from '../../plugin-harness.ts';

/** Does something that the plugin refuses, and looks that it changed nothing. Throws Finding `changed-by-refused-call`. */
export async function unchanged(
  on: PluginHarness,
  container: Container,
  refused: () => Promise<void>,
): Promise<void> {
  const before = await on.state(container);
  await refused();
  expectSameState(on, before, await on.state(container), 'changed-by-refused-call');
}
