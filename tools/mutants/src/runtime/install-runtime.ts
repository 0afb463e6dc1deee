import { link, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hintsSchema, type RuntimeUnderTest } from '@vcn-cni/cni-conformance';
import { buildForwarder } from '../transport/build-forwarder.ts';
import { listen } from '../transport/listen.ts';
import type { RuntimeMutant } from './runtime-mutants.ts';
import { serveRuntime } from './serve-runtime.ts';

/** The reference runtime as commands, for as long as this process serves it. */
export interface InstalledRuntime extends AsyncDisposable {
  /** Broken in that way; default: in none. It may make namespaces itself, as some runtimes do. */
  underTest(mutant?: RuntimeMutant, options?: { ownNamespaces?: boolean }): RuntimeUnderTest;
}

/** Throws Error where there is no C compiler. */
export async function installRuntime(): Promise<InstalledRuntime> {
  await using undo = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'vcn-cni-runtime-'));
  undo.defer(() => rm(folder, { recursive: true, force: true }));
  const listener = undo.use(await listen(serveRuntime()));
  await symlink(listener.socket, join(folder, 'socket'));
  const program = join(folder, 'runtime');
  await link(buildForwarder(folder), program);
  const kept = undo.move();
  return {
    underTest(mutant, { ownNamespaces = mutant === 'leaves-namespace' } = {}) {
      const variables = `${mutant ? `MUTANT=${mutant} ` : ''}${ownNamespaces ? 'OWN_NAMESPACES=1 ' : ''}`;
      const line = (operation: string) => `${variables}OPERATION=${operation} ${program}`;
      return {
        commands: {
          add: line('add'),
          check: line('check'),
          del: line('del'),
          gc: `VALID_ATTACHMENTS="$VALID_ATTACHMENTS" ${line('gc')}`,
          status: line('status'),
        },
        hints: hintsSchema.parse({ deadlineSeconds: 10 }),
      };
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
