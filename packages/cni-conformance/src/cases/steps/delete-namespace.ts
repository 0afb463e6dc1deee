import type { JsonObject } from '../../evidence.ts';
import type { Container, PluginHarness } from '../../plugin-harness.ts';
import { moment } from './moment.ts';
import { mustRun } from './must-run.ts';

/**
 * Deletes namespaces of containers, as a runtime does, and waits until the kernel has taken the links with it that led
 * there: it does so in its own time, and what is still there a moment later is nobody's residue.
 */
export async function deleteNamespaces(
  on: PluginHarness,
  containers: readonly Container[],
): Promise<void> {
  const before = await leadingAway(on);
  const lines = containers.map(({ name }) => `ip netns delete ${name}`);
  await mustRun(on, 'host', lines.join(' && '));
  const until = performance.now() + 500;
  const goes = Math.min(before, containers.length);
  while (before - (await leadingAway(on)) < goes && performance.now() < until) await moment(10);
}

export const deleteNamespace = (on: PluginHarness, container: Container): Promise<void> =>
  deleteNamespaces(on, [container]);

/** How many links of the host have their other end in a container. */
async function leadingAway(on: PluginHarness): Promise<number> {
  const { stdout } = await on.sh('host', 'ip -j link show');
  return (JSON.parse(stdout) as JsonObject[]).filter((link) => 'link_netnsid' in link).length;
}
