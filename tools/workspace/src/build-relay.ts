import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';
import type { Tally } from './tally.ts';

/** Builds the C relay, which the plugin's tests execute; it counts as one test. */
export function buildRelay(): Tally {
  const none = { passed: 0, failed: 0, skipped: 0 };
  if (spawnSync('gcc', ['--version']).status !== 0) {
    console.log('SKIPPED build of the relay: there is no gcc');
    return { ...none, skipped: 1 };
  }
  const file = 'apps/plugin/src/build-relay.ts';
  if (!existsSync(join(root, file))) return none;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=@vcn-cni/source', file],
    { cwd: root, encoding: 'utf8' },
  );
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} build of the relay`);
  if (status === 0) return { ...none, passed: 1 };
  console.log(`${stdout}${stderr}`.trimEnd().replaceAll(/^/gm, '       '));
  return { ...none, failed: 1 };
}
