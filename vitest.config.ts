import { defineConfig } from 'vitest/config';
import { outcomeReporter } from './tools/workspace/src/outcome-reporter.ts';
import { boundsProject } from './vitest.shared.ts';

const outcomes = process.env['VCN_CNI_OUTCOMES'];

export default defineConfig({
  test: {
    projects: ['packages/*', 'apps/*', 'tools/*', boundsProject('lab', 'tools/lab')],
    reporters: ['default', ...(outcomes ? [outcomeReporter(outcomes)] : [])],
  },
});
