import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { outcomeReporter } from './tools/workspace/src/outcome-reporter.ts';
import { boundsProject } from './vitest.shared.ts';

// More processes than this only take the processors away from each other: kernel tests run hot.
const maxWorkers = Math.max(1, Math.min(availableParallelism(), 4));
const outcomes = process.env['VCN_CNI_OUTCOMES'];

export default defineConfig({
  test: {
    projects: ['packages/*', 'apps/*', 'tools/*', boundsProject('lab', 'tools/lab')],
    maxWorkers,
    reporters: ['default', ...(outcomes ? [outcomeReporter(outcomes)] : [])],
  },
});
