import type { WorkspacePackage } from './workspace.ts';

/** Subpaths that touch the machine, or are for tests: fakes, and the suites that hold a driver to its port. */
export const driverSubpaths = [
  'driver',
  'sqlite',
  'sandbox',
  'compliance',
  'testing',
  'api',
  'imds',
  'npn',
  'http',
  'harness',
] as const;

/** What a file may do follows from where it lies. */
export type SourceKind = 'test' | 'driver' | 'composition' | 'plain';

const driverFolder = new RegExp(`^packages/[^/]+/src/(?:${driverSubpaths.join('|')})(?:/|\\.ts$)`);

export function sourceKind(file: string): SourceKind {
  if (isTest(file)) return 'test';
  if (driverFolder.test(file)) return 'driver';
  return file.startsWith('packages/') ? 'plain' : 'composition';
}

function isTest(file: string): boolean {
  return file.endsWith('.test.ts') || /^[^/]+\/[^/]+\/(?:test\/|vitest\.config\.ts$)/.test(file);
}

/** The `layer:` tag of a package, without the prefix. */
export function layerOf({ manifest }: WorkspacePackage): string | undefined {
  return manifest.nx?.tags?.find((tag) => tag.startsWith('layer:'))?.slice('layer:'.length);
}
