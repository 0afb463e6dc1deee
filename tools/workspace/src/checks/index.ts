import type { Check } from './check.ts';
import { command } from './command.ts';
import { dependencies } from './dependencies.ts';
import { fileSize } from './file-size.ts';
import { layers } from './layers.ts';
import { licences } from './licences.ts';
import { lockFiles } from './lock-files.ts';
import { manifests } from './manifests.ts';
import { wording } from './wording.ts';

export type { Check } from './check.ts';

/** Every check, the quick ones first. */
export const checks: readonly Check[] = [
  layers,
  dependencies,
  manifests,
  lockFiles,
  licences,
  fileSize,
  wording,
  command(
    'format',
    'node_modules/@biomejs/biome/bin/biome',
    'ci',
    '--colors=off',
    '--error-on-warnings',
  ),
  command('types', 'node_modules/typescript/bin/tsc', '-b', '--pretty', 'false'),
  command(
    'types-of-tests',
    'node_modules/typescript/bin/tsc',
    '-p',
    'tsconfig.test.json',
    '--pretty',
    'false',
  ),
  command('unused', 'node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints'),
];
