import { describe, expect, it } from 'vitest';
import { key, setUpPool } from './pool-setup.ts';

const blocks = [
  { cidr: '10.0.0.0/29', vnic: 'a', excluded: ['10.0.0.7'] },
  { cidr: '10.0.1.0/30', vnic: 'b', draining: true },
  { cidr: '2001:db8::/80', vnic: 'a' },
];

describe('a requested address', () => {
  it('is had if it is free, and never again by chance', async () => {
    const { get } = setUpPool(blocks);
    expect(await get(1, { requested: ['10.0.0.1'] })).toBe('10.0.0.1');
    expect([await get(2), await get(3)]).toEqual(['10.0.0.0', '10.0.0.2']);
  });

  it('is had out of the middle of those released', async () => {
    const { get, pool, clock } = setUpPool([{ cidr: '10.0.0.0/30', vnic: 'a' }]);
    for (const name of [0, 1, 2, 3]) await get(name);
    for (const name of [0, 1, 2, 3]) pool.release(key(name));
    clock.advance(1000);
    expect(await get(4, { requested: ['10.0.0.1'] })).toBe('10.0.0.1');
    expect([await get(5), await get(6), await get(7), await get(8)]).toEqual([
      '10.0.0.0',
      '10.0.0.2',
      '10.0.0.3',
      'exhausted',
    ]);
  });

  it('may be written in any form, and lie anywhere in a large block', async () => {
    const { get, pool } = setUpPool(blocks);
    const wish = { families: ['inet6' as const], requested: ['2001:DB8:0:0:0:FFFF:0:1'] };
    expect(await get(1, wish)).toBe('2001:db8::ffff:0:1');
    expect(pool.counts().families.inet6).toMatchObject({ leased: 1, total: 2 ** 32 + 1 });
    pool.release(key(1));
    expect(pool.counts().families.inet6).toMatchObject({ cooling: 1, total: 2 ** 32 + 1 });
  });

  it('leaves the other family to chance, of the same VNIC', async () => {
    const { get } = setUpPool([...blocks, { cidr: '10.0.2.0/24', vnic: 'c' }]);
    const wish = { families: ['inet' as const, 'inet6' as const], requested: ['2001:db8::5'] };
    expect(await get(1, wish)).toBe('10.0.0.0 2001:db8::5');
  });

  it('that another holds is refused with the holder', async () => {
    const { ask } = setUpPool(blocks);
    await ask(1, { requested: ['10.0.0.3'] });
    await expect(ask(2, { requested: ['10.0.0.3'], waitMs: 1000 })).rejects.toMatchObject({
      reason: 'requested-taken',
      holder: key(1),
      address: '10.0.0.3',
      message: 'requested address 10.0.0.3 is held by oci-vcn/1/eth0; remove that attachment first',
    });
  });

  it('that cools is refused with the moment it may be had', async () => {
    const { ask, get, pool, clock } = setUpPool(blocks);
    await ask(1, { requested: ['10.0.0.3'] });
    pool.release(key(1));
    clock.advance(400);
    await expect(ask(2, { requested: ['10.0.0.3'], waitMs: 1000 })).rejects.toMatchObject({
      reason: 'requested-cooling',
      until: 2000,
      message:
        'requested address 10.0.0.3 was released and cools for another 600 ms; try again then',
    });
    clock.advance(600);
    expect(await get(2, { requested: ['10.0.0.3'] })).toBe('10.0.0.3');
  });

  it.each([
    ['10.9.0.1', 'in no block of the pool (10.0.0.0/29, 10.0.1.0/30, 2001:db8::/80)'],
    ['10.0.0.7', 'is excluded from block 10.0.0.0/29'],
    ['10.0.1.1', 'is in a draining block 10.0.1.0/30'],
    ['2001:db8::1', 'is of family inet6, but only inet is wanted'],
  ])('%s that the pool does not lease is refused with why', async (address, why) => {
    const { ask } = setUpPool(blocks);
    const refused = ask(1, { requested: [address] });
    await expect(refused).rejects.toMatchObject({ reason: 'requested-foreign', address });
    await expect(refused).rejects.toThrow(why);
  });

  it.each([
    [['10.0.0.1/24'], /requested "10.0.0.1\/24" is not an address; write it without prefix/],
    [['10.0.0.01'], /is not an address/],
    [['fe80::1%eth0'], /is not an address/],
    [['10.0.0.1', '10.0.0.2'], /two addresses of family inet/],
  ])('%j is refused as wrong input', async (requested, message) => {
    const { ask } = setUpPool(blocks);
    const refused = ask(1, { requested });
    await expect(refused).rejects.toMatchObject({ reason: 'invalid-ask' });
    await expect(refused).rejects.toThrow(message);
  });

  it('is not taken while the other family is waited for, and refused if it is gone by then', async () => {
    const { get, pool, clock } = setUpPool([
      { cidr: '10.0.0.0/30', vnic: 'a' },
      { cidr: '2001:db8::1/128', vnic: 'a' },
    ]);
    await get(1, { families: ['inet6'] });
    const both = { families: ['inet' as const, 'inet6' as const], requested: ['10.0.0.2'] };
    const waiting = get(2, { ...both, waitMs: 5000 });
    expect(await get(3, { requested: ['10.0.0.2'] })).toBe('10.0.0.2');
    pool.release(key(1));
    clock.advance(1000);
    expect(await waiting).toBe('requested-taken');
    expect(pool.counts()).toMatchObject({ leased: 1, waiting: 0 });
  });
});
