import { defineProject, mergeConfig } from 'vitest/config';
import { project } from '../../vitest.shared.ts';

// A machine that is busy elsewhere makes a condition late, not false.
export default defineProject(
  mergeConfig(project('daemon'), { test: { expect: { poll: { timeout: 10_000 } } } }),
);
