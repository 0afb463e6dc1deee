import { expect, test } from 'vitest';
import { decodeAcknowledgement } from './acknowledgement.ts';
import { decodeAddress, encodeAddressPut } from './address.ts';
import { BodyWriter, decodeAttributes, textOf } from './attributes.ts';
import { decodeLink, encodeLinkCreate } from './link.ts';
import { decodeMessages, encodeMessages, NLM_F_ACK } from './message.ts';
import { decodeNeighbour, encodeNeighbourPut } from './neighbour.ts';
import { decodeRoute, encodeRoutePut } from './route.ts';
import { decodeRule, encodeRulePut } from './rule.ts';

test('messages come out as they went in; only the last asks for an answer', () => {
  const requests = [1, 2, 3].map((size) => ({
    type: 16 + size,
    flags: 0,
    body: new Uint8Array(size).fill(size),
  }));
  const messages = decodeMessages(encodeMessages(requests, 7));
  expect(messages.map(({ type, sequence }) => [type, sequence])).toEqual([
    [17, 7],
    [18, 8],
    [19, 9],
  ]);
  expect(messages.map(({ body }) => [...body])).toEqual([[1], [2, 2], [3, 3, 3]]);
  expect(messages.map(({ flags }) => (flags & NLM_F_ACK) !== 0)).toEqual([false, false, true]);
});

test('truncated and senseless datagrams give what is whole, and never throw', () => {
  const whole = encodeMessages(
    [
      { type: 20, flags: 0, body: new Uint8Array(8) },
      { type: 21, flags: 0, body: new Uint8Array(8) },
    ],
    1,
  );
  for (let length = 0; length <= whole.length; length++) {
    expect(decodeMessages(whole.subarray(0, length)).length).toBe(Math.floor(length / 24));
  }
  expect(decodeMessages(Buffer.alloc(64))).toEqual([]);
  expect(decodeMessages(Buffer.alloc(64, 0xff))).toEqual([]);
  expect(decodeAttributes(Buffer.alloc(16, 0xff)).size).toBe(0);
});

test('an attribute longer than the buffer makes room', () => {
  const body = Buffer.from(
    new BodyWriter().u32(0).attributeText(3, 'x'.repeat(2000)).attributeU8(4, 9).body(),
  );
  const attributes = decodeAttributes(body, 4);
  expect(textOf(attributes.get(3))).toBe('x'.repeat(2000));
  expect(attributes.get(4)?.[0]).toBe(9);
});

test("an acknowledgement has the kernel's words, capped or not", () => {
  const words = Buffer.from(new BodyWriter().attributeText(1, 'No such thing').body());
  const error = Buffer.alloc(4);
  error.writeInt32LE(-17);
  const header = Buffer.alloc(16);
  header.writeUInt32LE(20);
  const capped = Buffer.concat([error, header, words]);
  const full = Buffer.concat([error, header, Buffer.alloc(4), words]);
  const common = { type: 2, sequence: 1 };
  const answer = { errno: 17, message: 'No such thing' };
  expect(decodeAcknowledgement({ ...common, flags: 0x300, body: capped })).toEqual(answer);
  expect(decodeAcknowledgement({ ...common, flags: 0x200, body: full })).toEqual(answer);
  expect(decodeAcknowledgement({ ...common, flags: 0, body: full })).toEqual({ errno: 17 });
  expect(decodeAcknowledgement({ ...common, flags: 0, body: Buffer.alloc(0) })).toEqual({
    errno: 0,
  });
});

test('what is encoded is decoded to the same', () => {
  const address = {
    link: 'a',
    address: 'fe80::1/64',
    scope: 'link',
    nodad: true,
    noprefixroute: true,
  } as const;
  const { link: _, ...rest } = address;
  expect(decodeAddress(Buffer.from(encodeAddressPut(address, 5).body))).toEqual({
    linkIndex: 5,
    address: rest,
  });
  const route = {
    family: 'inet',
    destination: '10.0.0.0/8',
    table: 100_000,
    type: 'unicast',
    gateway: '169.254.1.1',
    onlink: true,
    source: '10.9.9.9',
    scope: 'global',
    priority: 7,
    protocol: 184,
    mtu: 8900,
  } as const;
  expect(decodeRoute(Buffer.from(encodeRoutePut(route, 6, true).body))).toEqual({
    linkIndex: 6,
    route,
  });
  const rule = {
    family: 'inet6',
    priority: 1535,
    action: 'lookup',
    table: 1001,
    from: 'fd00::/64',
    to: 'fd01::/64',
    iif: 'ens3',
    oif: 'ens5',
    fwmark: 128,
    fwmask: 128,
    suppressPrefixLength: 0,
    protocol: 184,
  } as const;
  expect(decodeRule(Buffer.from(encodeRulePut(rule).body))).toEqual(rule);
  const neighbour = { link: 'a', address: 'fe80::1', mac: '02:00:00:00:00:01' };
  expect(decodeNeighbour(Buffer.from(encodeNeighbourPut(neighbour, 3).body))).toEqual({
    linkIndex: 3,
    permanent: true,
    address: 'fe80::1',
    mac: '02:00:00:00:00:01',
  });
  const link = {
    name: 'oci0',
    kind: 'veth',
    mac: '02:00:00:00:00:01',
    mtu: 9000,
    group: 3,
    peer: { name: 'eth0' },
  } as const;
  const made = Buffer.from(encodeLinkCreate(link, { index: 77, peerIndex: 78 }).body);
  expect(decodeLink(made)).toMatchObject({
    name: 'oci0',
    index: 77,
    kind: 'veth',
    mtu: 9000,
    group: 3,
  });
});

test('rules that the model has no words for are left out', () => {
  const body = Buffer.from(encodeRulePut({ family: 'inet', priority: 5, action: 'lookup' }).body);
  expect(decodeRule(body)).toBeDefined();
  const inverted = Buffer.from(body);
  inverted.writeUInt32LE(2, 8);
  expect(decodeRule(inverted)).toBeUndefined();
  const ports = Buffer.concat([body, Buffer.from(new BodyWriter().attributeU32(23, 1).body())]);
  expect(decodeRule(ports)).toBeUndefined();
});
