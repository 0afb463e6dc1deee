import type { PluginCase } from '../../case.ts';
import { killSweep } from '../steps/kill-sweep.ts';

export const killed: PluginCase = {
  id: 'DEL-04/killed',
  title: 'A DEL that is killed at any moment can be done again',
  does: 'measures a DEL; ten times executes ADD for a new container, executes DEL and kills it (SIGKILL) each time a tenth of that later, executes DEL again, deletes the namespace and compares the host; at the end executes ADD and DEL for another container',
  expects: 'each second DEL succeeds and nothing is left; each ADD succeeds',
  roles: ['interface', 'chained', 'ipam', 'loopback', 'meta'],
  mutants: ['del-killed-leaves-reservation', 'del-killed-leaves-lock'],
  run: (on) => killSweep(on, 'DEL'),
};
