// For users.

export type * from './model.ts';
