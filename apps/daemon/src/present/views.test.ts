import { expect, test } from 'vitest';
import type { StatusReport } from '../ctl/state.ts';
import type { VnicsReport } from '../vnics-report.ts';
import { showStatus, showVnics } from './views.ts';

const text = 'subnet ocid1.subnet.x is UPDATING, 12 s; 3 pods waiting';
const wait = { cause: 'subnet-updating', subject: 'ocid1.subnet.x', forMs: 12_000, text };
const status: StatusReport = {
  ...{ state: 'serving', ready: true, version: '1', pid: 1, startedAt: '2026-01-01T00:00:00Z' },
  ...{ attachments: 2, waits: [], stranded: [], fights: [], loopDelayMs: 1, residentBytes: 50e6 },
};
const report: VnicsReport = {
  ...{ mode: 'oci', source: 'cloud', waits: [], stranded: [] },
  vnics: [
    {
      ...{ id: 'ocid1.vnic.a', name: 'pods a', subnet: 'ocid1.subnet.x', state: 'attached' },
      ...{ device: 'ens5', mac: '02:00:00:00:00:0a', table: 1010, addresses: ['10.0.64.5'] },
      blocks: [
        { cidr: '10.0.64.16/28', total: 16, leased: 2, cooling: 1, free: 13, service: 'active' },
        { cidr: '10.0.64.32/28', total: 3, leased: 3, cooling: 0, free: 0, service: 'draining' },
      ],
      ...{ free: 13, used: 6 },
    },
    {
      ...{ id: null, name: 'pods b', subnet: 'ocid1.subnet.x', state: 'attaching' },
      ...{ device: null, mac: null, table: null, addresses: [], blocks: [], free: 0, used: 0 },
    },
  ],
};
const words = (shown: string) => shown.split('\n').map((line) => line.trim().split(/\s{2,}/));

test('status says what is waited for, and who is cut off; nothing of it where all is well', () => {
  const shown = showStatus({ ...status, waits: [wait], stranded: ['shop/web', 'shop/db'] });
  expect(words(shown)).toContainEqual(['waits for', text]);
  expect(words(shown)).toContainEqual([
    'cut off',
    'shop/web shop/db: the VNIC of an address is gone',
  ]);
  expect(showStatus(status)).not.toMatch(/waits for|cut off/);
});

test('vnics: a line a block, what is of the VNIC in its first; an order has none', () => {
  expect(words(showVnics(report))).toEqual([
    ['addresses from: oci, as told by: cloud'],
    [''],
    ['VNIC', 'STATE', 'DEVICE', 'TABLE', 'OWN', 'BLOCK', 'LEASED', 'COOLING', 'FREE'],
    ['pods a', 'attached', 'ens5', '1010', '10.0.64.5', '10.0.64.16/28', '2', '1', '13'],
    ['10.0.64.32/28 draining', '3', '0', '0'],
    ['pods b', 'attaching', '-', '-', '-'],
  ]);
});

test('vnics: waits and pods that are cut off stand below; without VNICs there is no table', () => {
  const shown = showVnics({ ...report, vnics: [], waits: [wait], stranded: ['shop/web'] });
  expect(shown.split('\n')).toEqual([
    'addresses from: oci, as told by: cloud',
    '',
    `waits for: ${text}`,
    '',
    'cut off: shop/web',
  ]);
});
