import { defaultServerConditions } from 'vite';
import type { UserWorkspaceConfig } from 'vitest/config';

const source = '@vcn-cni/source';

/**
 * One vitest project per workspace. Kernel tests call setns, which belongs to a thread, so every
 * file gets a process. Everything resolves to the TypeScript sources, in vitest's own module
 * runner and in what Node itself imports, so nothing has to be built first.
 */
export const project = (name: string): UserWorkspaceConfig => ({
  ssr: {
    resolve: { conditions: [source, ...defaultServerConditions], externalConditions: [source] },
  },
  test: {
    name,
    pool: 'forks',
    environment: 'node',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
