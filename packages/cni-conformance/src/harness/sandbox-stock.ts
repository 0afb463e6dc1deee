import { setTimeout as sleep } from 'node:timers/promises';
import type { Hints } from '../hints.ts';
import type { Container } from '../plugin-harness.ts';
import { difference } from '../state/difference.ts';
import type { State } from '../state/state.ts';
import { isReady, prepareSandbox } from './prepare-sandbox.ts';
import { readState } from './read-state.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

/** A sandbox for one case, which gives it back. */
export interface Lent {
  readonly sandbox: Sandbox;
  giveBack(containers: readonly Container[]): Promise<void>;
}

export interface SandboxStock extends AsyncDisposable {
  take(): Promise<Lent>;
}

/**
 * Sandboxes that are ready for a plugin. One without a daemon serves one case. A daemon takes long to start: its
 * sandbox is lent again, if all is as it was before and the daemon serves.
 */
export function createSandboxStock(hints: Hints): SandboxStock {
  const idle: { sandbox: Sandbox; first: State }[] = [];
  const make = async () => {
    const sandbox = await openSandbox();
    try {
      await prepareSandbox(sandbox, hints);
      return { sandbox, first: hints.daemon ? await readState(sandbox, [], hints.state) : [] };
    } catch (error) {
      await sandbox[Symbol.asyncDispose]();
      throw error;
    }
  };
  return {
    async take() {
      const taken = idle.pop() ?? (await make());
      return {
        sandbox: taken.sandbox,
        async giveBack(containers) {
          if (await isAsBefore(taken, containers, hints)) idle.push(taken);
          else await taken.sandbox[Symbol.asyncDispose]();
        },
      };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(idle.splice(0).map(({ sandbox }) => sandbox[Symbol.asyncDispose]()));
    },
  };
}

/** Veth pairs of a namespace that was removed go a moment later. */
const patience = [0, 20, 50, 100];

async function isAsBefore(
  { sandbox, first }: { sandbox: Sandbox; first: State },
  containers: readonly Container[],
  hints: Hints,
): Promise<boolean> {
  if (!hints.daemon) return false;
  await removeNamespaces(sandbox, containers);
  for (const wait of patience) {
    await sleep(wait);
    const { removed, added } = difference(first, await readState(sandbox, [], hints.state));
    if (removed.length + added.length === 0) return isReady(sandbox, hints.daemon);
  }
  return false;
}

/** Of containers that were made; those that a case removed itself are no fault. */
export async function removeNamespaces(
  sandbox: Sandbox,
  containers: readonly Container[],
): Promise<void> {
  const lines = containers.map(
    ({ name }) => `ip netns delete ${name} 2>/dev/null; rm -f /run/netns/${name}`,
  );
  if (lines.length > 0) await sandbox.exec(['sh', '-c', lines.join('\n')]);
}
