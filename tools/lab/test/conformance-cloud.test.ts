import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CloudNode, createCloudNode, patiently } from './cloud-node.ts';
import { attachVnic, secondGeneration, writeNpn } from './npn-resource.ts';

const command = fileURLToPath(new URL('../../../apps/conformance/src/main.ts', import.meta.url));

/** All of it takes minutes, since a daemon of a node has one case at a time; else what the source of addresses decides. */
const only = process.env['VCN_CNI_LONG'] ? [] : ['--only', 'ADD-08,CHK-06,DEL-01,DEL-05,GC-01,STA'];

let directory: string;
let at: CloudNode;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'conformance-'));
});
afterEach(async () => {
  await at[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

interface Reported {
  cases: { id: string; verdict: string; finding?: { key: string; message: string } }[];
  summary: Record<string, number>;
}

/** Runs the suite in the node's namespace, where its daemon is. */
async function conformance(): Promise<Reported> {
  const file = async (name: string, content: object) => {
    const path = join(directory, name);
    await writeFile(path, JSON.stringify(content));
    return path;
  };
  const { node } = at;
  const { stdout, stderr } = await node.namespace.exec(process.execPath, [
    ...[
      '--conditions=@vcn-cni/source',
      command,
      'plugin',
      '--here',
      '--json',
      '--bin',
      node.plugin,
    ],
    ...[
      '--config',
      await file('config.json', { cniVersion: '1.1.0', name: 'pods', type: 'oci-vcn' }),
    ],
    ...[
      '--hints',
      await file('hints.json', { environment: { VCN_CNI_SOCKET: node.paths.socket } }),
    ],
    ...only,
  ]);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Reported;
}

/** What is not as it should be, in words. */
const wrong = ({ cases }: Reported): string[] =>
  cases
    .filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip')
    .map(({ id, verdict, finding }) => `${id}: ${verdict}: ${finding?.message}`);

test('the plugin holds the specification with VNICs that its daemon attaches', async () => {
  at = await createCloudNode({ config: { pool: { min: 110 } } });
  await at.node.startDaemon();
  await at.node.stocked();
  const reported = await conformance();
  expect(wrong(reported)).toEqual([]);
  expect(reported.summary['pass']).toBeGreaterThan(15);
}, 900_000);

test('the plugin holds the specification with a NativePodNetwork', async () => {
  const file = join(directory, 'npn.json');
  const pool = { mode: 'npn', families: ['inet', 'inet6'], cooldownSeconds: 1 };
  at = await createCloudNode({ config: { pool, npn: { file } } });
  await at.node.startDaemon();
  const vnic = await attachVnic(at, 30);
  await writeNpn(at, file, [secondGeneration(at, vnic)]);
  const ready = async () => (await at.status()).ready;
  await expect.poll(ready, patiently).toBe(true);
  const reported = await conformance();
  expect(wrong(reported)).toEqual([]);
  expect(reported.summary['pass']).toBeGreaterThan(15);
}, 900_000);
