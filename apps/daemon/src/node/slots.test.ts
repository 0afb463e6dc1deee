import type { RuleSpec } from '@vcn-cni/netlink';
import { defaultSettings } from '@vcn-cni/pod-network';
import { expect, test } from 'vitest';
import type { SourceVnic } from './offer.ts';
import { assignSlots, slotsInRules } from './slots.ts';

const { priorities, routeProtocol, tables } = defaultSettings;
const vnic = (id: string, inet: string, inet6?: string): SourceVnic => ({
  ...{ id, mac: '02:00:00:00:00:0a', gateways: {} },
  addresses: { inet, ...(inet6 !== undefined && { inet6 }) },
});
const rule = (from: string, slot: number, more: Partial<RuleSpec> = {}): RuleSpec => ({
  ...{ family: 'inet', priority: priorities.source, action: 'lookup', protocol: routeProtocol },
  ...{ from, table: tables.vnicBase + slot },
  ...more,
});

test('the first ones are numbered in the order they are told in', () => {
  expect([...assignSlots(['a', 'b'], new Map())]).toEqual([
    ['a', 0],
    ['b', 1],
  ]);
});

test('who has a slot keeps it, whatever the order; a new one gets the lowest that nobody has', () => {
  const known = assignSlots(['a', 'b', 'c'], new Map());
  const next = assignSlots(['new', 'newer', 'c', 'b'], known);
  expect(Object.fromEntries(next)).toEqual({ new: 0, newer: 3, b: 1, c: 2 });
});

test('the slots of an earlier process stand in the rules it left', () => {
  const vnics = [vnic('a', '10.0.64.5', 'fd00::5'), vnic('b', '10.0.64.6'), vnic('c', '10.0.64.7')];
  const rules = [
    rule('fd00::5/128', 4, { family: 'inet6' }),
    rule('10.0.64.6/32', 0),
    rule('10.0.64.32/28', 7),
  ];
  expect(Object.fromEntries(slotsInRules(vnics, rules, defaultSettings))).toEqual({ a: 4, b: 0 });
});

test.each([
  ['of others', { protocol: 4 }],
  ['of another priority', { priority: priorities.main }],
  ['to a table that is no VNIC’s', { table: tables.primary }],
])('rules %s say nothing', (_, more) => {
  const rules = [rule('10.0.64.5/32', 2, more)];
  expect(slotsInRules([vnic('a', '10.0.64.5')], rules, defaultSettings).size).toBe(0);
});

test('two VNICs never share a table', () => {
  const vnics = [vnic('a', '10.0.64.5'), vnic('b', '10.0.64.6')];
  const rules = [rule('10.0.64.5/32', 1), rule('10.0.64.6/32', 1)];
  const found = slotsInRules(vnics, rules, defaultSettings);
  expect(Object.fromEntries(assignSlots(['a', 'b'], found))).toEqual({ a: 1, b: 0 });
});
