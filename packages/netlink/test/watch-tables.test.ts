import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KernelNamespace, TableChange } from '../src/driver/index.ts';
import { createSandbox, type Sandbox } from '../src/sandbox/index.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

test('tables of nftables and of iptables tell that they were changed, once for each transaction', async () => {
  const host = sandbox.namespace('host');
  const changes: TableChange[] = [];
  using _watcher = (host.handle as KernelNamespace).watchTables((change) => changes.push(change));
  const tables = () =>
    changes
      .splice(0)
      .map((change) => (change === 'any' ? change : `${change.family} ${change.table}`));

  await host.exec('nft', [
    'add table inet ours; add chain inet ours c; add rule inet ours c counter',
  ]);
  await expect.poll(() => changes.length).toBeGreaterThan(0);
  expect(new Set(tables())).toEqual(new Set(['inet ours']));

  await host.exec('iptables-nft', ['-A', 'FORWARD', '-j', 'ACCEPT']);
  await expect.poll(() => changes.length).toBeGreaterThan(0);
  expect(new Set(tables())).toEqual(new Set(['ip filter']));

  await host.exec('nft', ['flush', 'ruleset']);
  await expect.poll(() => changes.length).toBeGreaterThanOrEqual(2);
  expect(new Set(tables())).toEqual(new Set(['inet ours', 'ip filter']));
});
