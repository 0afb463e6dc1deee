import { readFileSync } from 'node:fs';

/** The words before a command so that a shell outside runs it in a namespace of this process. */
export function enter(namespace: string): string {
  const map = readFileSync('/proc/self/uid_map', 'utf8');
  const isOwner = /^\s*0\s+0\s+4294967295\s*$/.test(map);
  const user = isOwner ? '' : ` --target=${process.pid} --user --preserve-credentials`;
  return `nsenter${user} --net=${namespace}`;
}
