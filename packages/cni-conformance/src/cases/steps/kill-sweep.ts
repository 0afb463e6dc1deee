import { expectSuccess } from '../../judge/expect-success.ts';
import { Finding } from '../../judge/finding.ts';
import type { Container, PluginHarness } from '../../plugin-harness.ts';
import { attach } from './attach.ts';
import { deleteNamespace } from './delete-namespace.ts';
import { detach } from './detach.ts';
import { nothingLeftOnHost } from './nothing-left.ts';

const moments = 10;

/**
 * ADD and DEL of a container, `killed` being killed at one moment after another of the time that it takes when it is
 * left alone; each followed by DEL and the end of the namespace, as by a runtime. Throws Finding: `add-refused`,
 * `del-refused`, `residue`; also where a container that nobody disturbs has no ADD afterwards.
 */
export async function killSweep(on: PluginHarness, killed: 'ADD' | 'DEL'): Promise<void> {
  const durationMs = await measure(on, killed);
  const before = await on.state();
  for (let at = 0; at < moments; at++) {
    const killAfterMs = ((at + 0.5) / (moments - 1)) * durationMs;
    const container = await on.container();
    try {
      await disturb(on, container, killed, killAfterMs);
      await nothingLeftOnHost(on, container, before);
    } catch (error) {
      if (!(error instanceof Finding)) throw error;
      const when = `${killed} killed at ${killAfterMs.toFixed(1)} of ${durationMs.toFixed(1)} ms`;
      throw new Finding(error.key, `${when}: ${error.message}`);
    }
  }
  await measure(on, killed);
}

async function disturb(
  on: PluginHarness,
  container: Container,
  killed: 'ADD' | 'DEL',
  killAfterMs: number,
): Promise<void> {
  if (killed === 'ADD') {
    await on.call('ADD', container, { killAfterMs });
    expectSuccess(await on.call('DEL', container), 'del-refused');
    return;
  }
  const config = { prevResult: await attach(on, container) };
  await on.call('DEL', container, { config, killAfterMs });
  expectSuccess(await on.call('DEL', container, { config }), 'del-refused');
}

/** How long it takes, in milliseconds. */
async function measure(on: PluginHarness, verb: 'ADD' | 'DEL'): Promise<number> {
  const container = await on.container();
  const began = performance.now();
  const result = await attach(on, container);
  const added = performance.now();
  await detach(on, container, result);
  const deleted = performance.now();
  await deleteNamespace(on, container);
  return verb === 'ADD' ? added - began : deleted - added;
}
