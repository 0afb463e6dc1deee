import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore } from '../src/sqlite/index.ts';

/** A folder of its own for one test. */
export function createDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'vcn-cni-store-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export const open = (directory: string, bootId = 'boot-1', now = () => 77) =>
  openStore({ directory, bootId, now });
