export type * from './table.ts';
