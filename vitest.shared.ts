import { availableParallelism } from 'node:os';
import { defaultServerConditions } from 'vite';
import type { UserWorkspaceConfig } from 'vitest/config';

const source = '@vcn-cni/source';

// More processes than this only take the processors away from each other: kernel tests run hot.
const maxWorkers = Math.max(1, Math.min(availableParallelism(), 4));

/** Where tests are that need the machine for themselves: they say how long something may take at most. */
export const boundsFolder = 'test/bounds';

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
    exclude: [`${boundsFolder}/**`],
    maxWorkers,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});

/** Those of one workspace, run one by one when all the others have ended. */
export const boundsProject = (name: string, root: string): UserWorkspaceConfig => {
  const base = project(`${name} bounds`);
  return {
    ...base,
    root,
    test: {
      ...base.test,
      include: [`${boundsFolder}/**/*.test.ts`],
      exclude: [],
      maxWorkers: 1,
      sequence: { groupOrder: 1 },
    },
  };
};
