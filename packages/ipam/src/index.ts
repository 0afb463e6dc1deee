export type { Family } from './family.ts';
export type * from './model.ts';
