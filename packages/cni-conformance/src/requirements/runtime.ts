import type { Requirement } from './requirement.ts';

/** Sections 1 and 3, as far as they bind runtimes. */
export const runtime: readonly Requirement[] = [];
