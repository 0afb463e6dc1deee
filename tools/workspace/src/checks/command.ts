import { spawnSync } from 'node:child_process';
import type { Check } from './check.ts';

/** A check that is a command of a tool of ours; what it prints is the problem. */
export function command(name: string, file: string, ...words: string[]): Check {
  return {
    name,
    problems({ root }) {
      const { status, error, stdout, stderr } = spawnSync(process.execPath, [file, ...words], {
        cwd: root,
        encoding: 'utf8',
        maxBuffer: 2 ** 26,
        env: { ...process.env, FORCE_COLOR: '0' },
      });
      if (status === 0) return [];
      return [error?.message ?? (`${stdout}${stderr}`.trim() || `ended with ${status}`)];
    },
  };
}
