import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { guardHostNamespace } from './guard-host-namespace.ts';

const guard = (netns: string, verb: 'ADD' | 'CHECK' | 'DEL' = 'ADD') =>
  guardHostNamespace({ verb, netns });

it('refuses its own namespace by whatever path', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guard-'));
  try {
    const link = join(folder, 'ns');
    await symlink(`/proc/${process.pid}/ns/net`, link);
    for (const path of ['/proc/self/ns/net', `/proc/${process.pid}/ns/net`, link]) {
      for (const verb of ['ADD', 'CHECK', 'DEL'] as const) {
        await expect(guard(path, verb)).rejects.toMatchObject({ code: 101 });
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('lets another namespace pass', async () => {
  const child = spawn('unshare', ['-n', 'cat'], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    // cat answers only after unshare has made the namespace.
    child.stdin.write('there\n');
    await once(child.stdout, 'data');
    await guard(`/proc/${child.pid}/ns/net`);
  } finally {
    child.stdin.end();
    await once(child, 'close');
  }
});

it('refuses a path that leads nowhere, except for DEL', async () => {
  await expect(guard('/run/netns/gone', 'ADD')).rejects.toMatchObject({ code: 102 });
  await expect(guard('/run/netns/gone', 'CHECK')).rejects.toThrow('/run/netns/gone');
  await guard('/run/netns/gone', 'DEL');
});
