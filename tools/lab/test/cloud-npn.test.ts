import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type CloudNode, createCloudNode, patiently } from './cloud-node.ts';
import {
  attachVnic,
  firstGeneration,
  podAddresses,
  secondGeneration,
  writeNpn,
} from './npn-resource.ts';

vi.setConfig({ testTimeout: 60_000 });

let at: CloudNode;
let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'npn-'));
  file = join(directory, 'npn.json');
});
afterEach(async () => {
  await at[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

const total = async () =>
  (await at.report()).vnics
    .flatMap(({ blocks }) => blocks)
    .reduce((sum, block) => sum + block.total, 0);

test.each([
  ['first', ['inet'], firstGeneration],
  ['second', ['inet', 'inet6'], secondGeneration],
])(
  'VNICs of the %s generation: pods work, an address more is used, a file that is gone changes nothing',
  async (_, families, told) => {
    at = await createCloudNode({ config: { pool: { mode: 'npn', families }, npn: { file } } });
    const { node, added, reaches, status } = at;
    await node.startDaemon();
    expect((await status()).reason).toMatch(/npn\.json.*no such file/s);
    const [a, b] = [await attachVnic(at, 2), await attachVnic(at, 2)];
    const before = at.changes();
    await writeNpn(at, file, [told(at, a, 1)]);
    await expect.poll(total, patiently).toBe(families.length);
    const one = await added('one');
    expect([...podAddresses(a).v4]).toContain(one.address());
    if (families.length > 1) expect(podAddresses(a).v6).toContain(one.address('inet6'));
    expect(await reaches(one)).toBe('reached');

    await writeNpn(at, file, [told(at, a), told(at, b)]);
    await expect.poll(total, patiently).toBe(4 * families.length);
    const others = await Promise.all(['two', 'three', 'four'].map(added));
    const pods = [one, ...others];
    expect(pods.map((pod) => pod.address()).sort()).toEqual(
      [...podAddresses(a).v4, ...podAddresses(b).v4].sort(),
    );
    for (const pod of pods) expect(await reaches(pod)).toBe('reached');
    expect(Object.values(await at.tables())).toEqual([1010, 1011]);

    await rm(file);
    await expect
      .poll(async () => (await status()).waits, patiently)
      .toMatchObject([{ cause: 'npn-unusable', subject: file }]);
    expect((await node.vnics()).source).toBe('file');
    for (const pod of pods) expect(await reaches(pod)).toBe('reached');
    await others[0]!.del();
    expect(await reaches(await added('five'))).toBe('reached');
    expect(at.changes()).toEqual(before);
  },
);
