export type * from './ruleset.ts';
