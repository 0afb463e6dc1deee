import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '../../evidence.ts';
import type { Container, PluginHarness } from '../../plugin-harness.ts';
import { mustRun } from './must-run.ts';

/**
 * Deletes the namespace of a container, as a runtime does, and waits until the kernel has taken the links with it that
 * led there: it does so in its own time, and what is still there a moment later is nobody's residue.
 */
export async function deleteNamespace(on: PluginHarness, { name }: Container): Promise<void> {
  const before = await leadingAway(on);
  await mustRun(on, 'host', `ip netns delete ${name}`);
  const until = performance.now() + 500;
  while (before > 0 && (await leadingAway(on)) === before && performance.now() < until)
    await sleep(10);
}

/** How many links of the host have their other end in a container. */
async function leadingAway(on: PluginHarness): Promise<number> {
  const { stdout } = await on.sh('host', 'ip -j link show');
  return (JSON.parse(stdout) as JsonObject[]).filter((link) => 'link_netnsid' in link).length;
}
