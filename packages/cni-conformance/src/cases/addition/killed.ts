import type { PluginCase } from '../../case.ts';
import { killSweep } from '../steps/kill-sweep.ts';

export const killed: PluginCase = {
  id: 'ADD-10/killed',
  title: 'What an ADD that is killed at any moment did is undone by DEL',
  does: 'measures an ADD; ten times executes it for a new container, kills it (SIGKILL) each time a tenth of that later, executes DEL without prevResult, deletes the namespace and compares the host; at the end executes ADD and DEL for another container',
  expects: 'each DEL succeeds and nothing is left of it; the last ADD succeeds',
  roles: ['interface', 'chained', 'ipam', 'loopback', 'meta'],
  mutants: ['add-killed-leaves-reservation', 'add-killed-leaves-lock'],
  run: (on) => killSweep(on, 'ADD'),
};
