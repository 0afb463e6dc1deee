import { expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';

it('keeps bytes, order and repetitions, and lets the first of a name count', () => {
  const odd = Buffer.of(...Buffer.from('CNI_ARGS='), 0xff);
  const block = Buffer.concat([
    Buffer.from('HOME=/\0CNI_IFNAME=a=b\0'),
    odd,
    Buffer.from('\0nothing\0CNI_IFNAME=c\0BAGGAGE=\0'),
  ]);
  const environment = readEnvironment(block);
  expect(environment.forwarded.map((entry) => Buffer.from(entry).toString('latin1'))).toEqual([
    'CNI_IFNAME=a=b',
    'CNI_ARGS=\u00ff',
    'CNI_IFNAME=c',
    'BAGGAGE=',
  ]);
  expect(String(environment.get('CNI_IFNAME'))).toBe('a=b');
  expect(String(environment.get('HOME'))).toBe('/');
  expect(environment.get('CNI')).toBeUndefined();
});

it('takes an empty block', () => {
  expect(readEnvironment(Buffer.alloc(0)).forwarded).toEqual([]);
});
