import { expect, test } from 'vitest';
import { type Flow, isAsExpected, type Report } from '../src/report.ts';
import { table } from '../src/table.ts';

const reached: Flow = {
  name: 'pod-pod-cross-node',
  from: 'beta 10.0.128.2',
  to: 'gamma 10.0.128.17',
  expect: 'reached',
  outcome: 'reached',
  rttMs: 0.0714,
};
const dropped: Flow = {
  ...reached,
  name: 'wrong-vnic-dropped',
  from: 'beta 10.0.128.2 by the primary VNIC',
  expect: 'unreached',
  outcome: 'unreached',
  rttMs: null,
  dropped: 3,
  droppedBy: 'the VCN',
};
const report: Report = {
  ok: true,
  nodes: [{ name: 'node1', addresses: ['10.0.0.2', 'fd00:10::8'] }],
  vnics: [
    {
      node: 'node1',
      id: 'ocid1.vnic.oc1.sim-local-1.anvxsaaaaaaaa',
      subnet: 'ocid1.subnet.oc1.sim-local-1.anvxsbbbbbbbb',
      addresses: ['10.0.64.2'],
      blocks: ['10.0.128.0/28', 'fd00:10:0:1:8000::/80'],
      device: 'ens5',
      table: 1001,
      free: 14,
      used: 2,
    },
    {
      node: 'node2',
      id: 'ocid1.vnic.oc1.sim-local-1.anvxscccccccc',
      subnet: 'ocid1.subnet.oc1.sim-local-1.anvxsbbbbbbbb',
      addresses: [],
      blocks: ['10.0.64.5/32', '10.0.64.6/32', '10.0.64.7/32', '10.0.64.8/32', '10.0.64.9/32'],
      device: null,
      table: null,
      free: 0,
      used: 0,
    },
  ],
  pods: [
    {
      name: 'beta',
      node: 'node1',
      addresses: ['10.0.128.2', 'fd00:10:0:1:8000::2'],
      hostLink: 'oci0123456789a',
      check: 'passed',
      del: 'passed',
    },
  ],
  flows: [reached, dropped],
  residue: [],
};

test('the report for people', () => {
  expect(table(report)).toBe(`
NODE   VNIC         SUBNET       DEVICE  TABLE  ADDRESSES FOR PODS                   FREE  USED
node1  ...aaaaaaaa  ...bbbbbbbb  ens5    1001   10.0.128.0/28 fd00:10:0:1:8000::/80  14    2
node2  ...cccccccc  ...bbbbbbbb  -       -      5 addresses                          0     0

POD   NODE   ADDRESSES                       HOST LINK       CHECK   DEL
beta  node1  10.0.128.2 fd00:10:0:1:8000::2  oci0123456789a  passed  passed

FLOW                FROM                                 TO                 EXPECTED   OUTCOME                        ROUND TRIP
pod-pod-cross-node  beta 10.0.128.2                      gamma 10.0.128.17  reached    reached                        0.071 ms
wrong-vnic-dropped  beta 10.0.128.2 by the primary VNIC  gamma 10.0.128.17  unreached  unreached (the VCN dropped 3)  -

Left behind after DEL: nothing (links, addresses, routes, rules, neighbours, filter, spool).
Everything as expected.

`);
});

test('flows of one name stand together, and say when they are not as expected', () => {
  const other = { ...dropped, to: 'delta 10.0.128.18', dropped: 0 };
  const lines = table({ ...report, flows: [dropped, reached, other] }).split('\n');
  const at = lines.findIndex((line) => line.startsWith('wrong-vnic-dropped'));
  expect(lines[at + 1]).toMatch(/^ +beta 10\.0\.128\.2 .* dropped 0\), NOT as expected +-$/);
  expect(lines[at + 2]).toMatch(/^pod-pod-cross-node .* reached +0\.071 ms$/);
});

test('what is left, and that it was not as expected', () => {
  const text = table({ ...report, ok: false, residue: ['node1: link: oci0', 'node2: rule: 512'] });
  expect(text).toMatch(
    /Left behind after DEL:\n {2}node1: link: oci0\n {2}node2: rule: 512\nNOT as expected\.\n\n$/,
  );
});

test('a packet that was to be dropped by the VCN and got lost elsewhere is not as expected', () => {
  expect([reached, dropped].map(isAsExpected)).toEqual([true, true]);
  expect(isAsExpected({ ...dropped, dropped: 0 })).toBe(false);
  expect(isAsExpected({ ...dropped, outcome: 'reached' })).toBe(false);
  expect(isAsExpected({ ...reached, outcome: 'unreached' })).toBe(false);
});
