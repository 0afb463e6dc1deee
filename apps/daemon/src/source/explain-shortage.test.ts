import { createPool } from '@vcn-cni/ipam';
import { expect, test } from 'vitest';
import { explainShortage } from './explain-shortage.ts';

const key = (containerId: string) => ({ network: 'pods', containerId, ifname: 'eth0' });
const signal = new AbortController().signal;

test('who waits in vain is told why there is nothing; who gives up is not', async () => {
  const inner = createPool()({ now: () => 0 });
  inner.setBlocks([{ cidr: '10.0.64.1/32', vnic: 'ocid1.vnic.a' }]);
  const text = 'AttachVnic is not allowed, 3 s';
  const pool = explainShortage(inner, () => [{ cause: '', subject: '', forMs: 0, text }]);
  const acquire = (name: string, wanted: AbortSignal = signal) =>
    pool.acquire({ key: key(name), families: ['inet'] }, { signal: wanted, waitMs: 0 });
  expect((await acquire('a')).addresses).toMatchObject([{ address: '10.0.64.1' }]);
  await expect(acquire('b')).rejects.toMatchObject({
    ...{ reason: 'exhausted', message: expect.stringMatching(/no address .*; AttachVnic is not/) },
  });
  await expect(acquire('a')).rejects.toMatchObject({
    ...{ reason: 'duplicate-key', message: expect.not.stringContaining('AttachVnic') },
  });
  expect(pool.release(key('a'))).toHaveLength(1);
});
