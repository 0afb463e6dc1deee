import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isolation } from './isolation.ts';
import { type Outcomes, readOutcomes } from './outcomes.ts';
import { root } from './root.ts';

/**
 * One vitest run over all projects, in namespaces of its own.
 * @throws {IsolationError} if there are none to be had
 */
export async function runVitest(
  words: readonly string[],
  { long }: { long: boolean },
): Promise<Outcomes> {
  const prefix = isolation();
  const folder = mkdtempSync(join(tmpdir(), 'vcn-cni-test-'));
  const file = join(folder, 'outcomes.json');
  try {
    const [command = '', ...rest] = [
      ...prefix,
      process.execPath,
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...words,
    ];
    const child = spawn(command, rest, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, VCN_CNI_OUTCOMES: file, ...(long && { VCN_CNI_LONG: '1' }) },
    });
    const pass = (signal: NodeJS.Signals) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, pass);
    const [status] = (await once(child, 'exit')) as [number | null];
    const outcomes = readOutcomes(file);
    return status !== 0 && outcomes.failed === 0 ? { ...outcomes, failed: 1 } : outcomes;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
