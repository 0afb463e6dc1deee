import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readOutcomes } from '../src/outcomes.ts';
import { root } from '../src/root.ts';
import { formatTally, sumTallies } from '../src/tally.ts';

test('a run is counted: passes, failures, files that do not load, skips with their reasons', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outcomes-'));
  try {
    const file = join(folder, 'outcomes.json');
    const { status } = spawnSync(
      process.execPath,
      [join(root, 'node_modules/vitest/vitest.mjs'), 'run'],
      {
        cwd: join(import.meta.dirname, 'fixtures/outcomes'),
        env: { ...process.env, VCN_CNI_OUTCOMES: file },
      },
    );
    expect(status).toBe(1);
    expect(readOutcomes(file)).toEqual({
      passed: 1,
      failed: 2,
      skipped: 1,
      skips: [{ test: ': skips', reason: 'there is no such kernel' }],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a run that left nothing is a failure', () => {
  expect(readOutcomes('/nowhere/outcomes.json')).toMatchObject({ passed: 0, failed: 1 });
});

test('the closing line', () => {
  const tally = sumTallies(
    { passed: 1, failed: 0, skipped: 2 },
    { passed: 3, failed: 1, skipped: 0 },
  );
  expect(formatTally(tally)).toBe('4 passed, 1 failed, 2 skipped');
});
