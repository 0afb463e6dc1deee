import { expect, it } from 'vitest';
import { decodeSpoolFile, encodeSpoolFile, spoolFileName } from './spool.ts';

const identity = {
  containerId: 'c1',
  ifname: 'eth0',
  stdin: Buffer.from('{"name":"pods","prevResult":{}}'),
};

it('is a head and the frame', () => {
  const bytes = encodeSpoolFile(123_456_789_012n, Buffer.from('VCN-CNI/1 1\n\0'));
  expect(Buffer.from(bytes).toString()).toBe('VCN-CNI-DEL/1 123456789012\nVCN-CNI/1 1\n\0');
  const { bootTimeNs, frame } = decodeSpoolFile(bytes);
  expect(bootTimeNs).toBe(123_456_789_012n);
  expect(Buffer.from(frame).toString()).toBe('VCN-CNI/1 1\n\0');
});

it.each(['', 'VCN-CNI-DEL/1 ', 'VCN-CNI-DEL/1 x\n', 'VCN-CNI-DEL/2 1\n', 'x'.repeat(70_000)])(
  'head %# is malformed',
  (text) => {
    expect(() => decodeSpoolFile(Buffer.from(text))).toThrow('malformed spool file');
  },
);

it('names a repeat the same', () => {
  const repeat = { ...identity, stdin: Buffer.from('{ "name" : "pods" }') };
  expect(spoolFileName(repeat)).toBe(spoolFileName(identity));
  expect(spoolFileName({ ...identity, containerId: Buffer.from('c1') })).toBe(
    spoolFileName(identity),
  );
  expect(spoolFileName(identity)).toBe(
    'e8fabfce0266292031ef44db8805f6d2da4f93b3efbb71663d1d8032425b8411',
  );
});

it('names anything else differently', () => {
  const others = [
    identity,
    { ...identity, containerId: 'c2' },
    { ...identity, ifname: 'net1' },
    { ...identity, containerId: 'c1eth0', ifname: '' },
    { ...identity, stdin: Buffer.from('{"name":"other"}') },
    { ...identity, stdin: Buffer.from('{"name":7}') },
  ];
  expect(new Set(others.map(spoolFileName)).size).toBe(others.length);
});
