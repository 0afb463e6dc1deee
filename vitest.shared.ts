import type { UserWorkspaceConfig } from 'vitest/config';

const conditions = ['@vcn-cni/source'];

/**
 * One vitest project per workspace. Kernel tests call setns, which belongs to a thread, so every
 * file gets a process; resolution prefers the TypeScript sources, so nothing has to be built first.
 */
export const project = (name: string): UserWorkspaceConfig => ({
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    name,
    pool: 'forks',
    environment: 'node',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
