export type * from './invocation.ts';
export type * from './network-config.ts';
export type * from './result.ts';
