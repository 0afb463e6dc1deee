import { expectNothingLeft } from '../../judge/expect-nothing-left.ts';
import type { Container, PluginHarness } from '../../plugin-harness.ts';
import type { State } from '../../state/state.ts';
import { deleteNamespace } from './delete-namespace.ts';

/**
 * After a DEL: deletes the namespace, as a runtime does, and compares the host with what it was before ADD. Throws
 * Finding `residue`.
 */
export async function nothingLeftOnHost(
  on: PluginHarness,
  container: Container,
  before: State,
): Promise<void> {
  await deleteNamespace(on, container);
  expectNothingLeft(on, before, await on.state());
}
