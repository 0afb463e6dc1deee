/** Run by a test in a process of its own: the first thing that it does is to visit another namespace. */
import { readdirSync, readlinkSync, stat } from 'node:fs';
import { inside, newNamespace } from '../src/driver/enter.ts';

const fd = newNamespace();
inside(fd, 'new', () => {
  // Would start the threads of the pool in here, were they not started before.
  stat('/', () => {});
});
const tasks = readdirSync('/proc/self/task');
console.log(new Set(tasks.map((task) => readlinkSync(`/proc/self/task/${task}/ns/net`))).size);
