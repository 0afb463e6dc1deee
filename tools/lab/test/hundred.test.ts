import { request } from 'node:http';
import { expect, test } from 'vitest';
import { createLab, type LabPod } from '../src/index.ts';

/** Runs `work` over all items, `width` at a time. */
async function each<T>(items: T[], width: number, work: (item: T) => Promise<unknown>) {
  const rest = [...items];
  const lane = async () => {
    for (let item = rest.shift(); item; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: width }, lane));
}

function get(socketPath: string, path: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, path }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve(JSON.parse(body)));
    });
    call.on('error', reject);
    call.end();
  });
}

test('one hundred pods by 30 concurrent execs: unique, checked, and nothing left', async () => {
  const blocks = ['10.77.1.0/25', 'fd77:0:0:1::/80'];
  await using lab = await createLab({ blocks, config: { pool: { cooldownSeconds: 30 } } });
  const daemon = await lab.startDaemon();
  const pods = await Promise.all(
    Array.from({ length: 100 }, (_, index) => lab.pod(`hundred-${index}`)),
  );
  await each(pods, 30, (pod: LabPod) => pod.add());
  const addresses = pods.flatMap((pod) => [pod.address('inet'), pod.address('inet6')]);
  expect(new Set(addresses).size).toBe(200);
  expect(await get(lab.paths.ctl, '/v1/plan')).toEqual({ changes: [] });
  await each(pods, 30, (pod) => pod.check());
  await each(pods, 30, (pod) => pod.del());
  expect(await get(lab.paths.ctl, '/v1/plan')).toEqual({ changes: [] });
  const { loopDelayMs } = (await get(lab.paths.ctl, '/v1/status')) as { loopDelayMs: number };
  expect(loopDelayMs).toBeLessThan(20);
  await daemon.stop();
  expect(await lab.residue()).toEqual([]);
}, 120_000);
