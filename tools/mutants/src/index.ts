// For users.

export { type Installed, installPlugins } from './install.ts';
export { mutants } from './mutants/all-mutants.ts';
export type { Mutant } from './mutants/mutant.ts';
export { openReference, type ReferenceOptions } from './open-reference.ts';
