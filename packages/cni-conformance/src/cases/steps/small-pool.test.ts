import { expect, test } from 'vitest';
import { hintsSchema } from '../../hints.ts';
import { smallPool } from './small-pool.ts';

const hints = hintsSchema.parse({});

test('the hints say how the addresses are used up', () => {
  const exhaust = { config: { pool: 'small' }, attachments: 3 };
  expect(smallPool({ hints: { ...hints, exhaust }, config: {} })).toEqual(exhaust);
});

test('host-local is known: one address, kept where the others are', () => {
  const ipam = { type: 'host-local', subnet: '10.1.0.0/16', dataDir: '/run/ipam' };
  expect(smallPool({ hints, config: { ipam } })).toEqual({
    config: {
      ipam: { type: 'host-local', dataDir: '/run/ipam', ranges: [[{ subnet: '198.18.9.0/30' }]] },
    },
    attachments: 1,
  });
});

test('of others nobody knows', () => {
  expect(() => smallPool({ hints, config: { ipam: { type: 'other' } } })).toThrow(/under exhaust/);
});
