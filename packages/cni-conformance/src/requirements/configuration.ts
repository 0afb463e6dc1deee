import type { Requirement } from './requirement.ts';

/** Section 1: network configuration format. */
export const configuration: readonly Requirement[] = [];
