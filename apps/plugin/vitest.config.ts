import { defineProject } from 'vitest/config';
import { project } from '../../vitest.shared.ts';

const base = project('plugin');

export default defineProject({ ...base, test: { ...base.test, globalSetup: 'test/build.ts' } });
