import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { startVcn } from '@vcn-cni/vcn-sim';
import { expect, test } from 'vitest';
import type { VcnNode } from '../src/node/vcn-node.ts';
import { attach } from './fabric-lab.ts';

const main = fileURLToPath(new URL('./list-own-vnics.ts', import.meta.url));

test('a program on a node calls the API in the name of its instance', async () => {
  await using vcn = await startVcn({ nodes: 2 });
  const [one, two] = vcn.nodes as [VcnNode, VcnNode];
  const secondary = await attach(vcn, one);
  const { metadata, federation, api } = vcn.endpoints;

  async function listed({ spawn, instanceId }: VcnNode): Promise<unknown> {
    const args = [metadata, federation, api, instanceId, vcn.cloud.tenancyId];
    const child = spawn(process.execPath, ['--conditions=@vcn-cni/source', main, ...args]);
    const [out, problems] = await Promise.all([text(child.stdout!), text(child.stderr!)]);
    if (child.exitCode === null) await once(child, 'exit');
    return out === '' ? problems : JSON.parse(out);
  }

  expect(await listed(one)).toEqual([one.primary.id, secondary.id]);
  expect(await listed(two)).toEqual([two.primary.id]);
  expect(vcn.cloud.calls.counts().operations['GetSecurityToken']).toEqual({ 200: 2 });
});
