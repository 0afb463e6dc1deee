import type { Mutant } from './mutant.ts';

/** Those that a step of a plugin asks for by their names. */
export const stepMutants = [
  { name: 'del-leaves-link', of: ['interface'], does: 'DEL leaves the pair of links' },
  { name: 'del-leaves-masquerade', of: ['interface'], does: 'DEL leaves the rules of ipMasq' },
  {
    name: 'add-ignores-ipam-failure',
    of: ['interface'],
    does: 'ADD goes on without addresses when there are none',
  },
] as const satisfies readonly Mutant[];
