import { describe, expect, it } from 'vitest';
import { key, setUpPool } from './pool-setup.ts';

const small = { cidr: '10.0.0.0/31', vnic: 'a' };
const other = { cidr: '10.0.1.0/31', vnic: 'b' };

describe('changing blocks', () => {
  it('leases nothing new of a draining block; its leases stay', async () => {
    const { get, pool, clock } = setUpPool([small]);
    await get(1);
    pool.setBlocks([{ ...small, draining: true }]);
    expect(await get(2)).toBe('no-family');
    expect(pool.holder('10.0.0.0')).toEqual(key(1));
    expect(pool.counts()).toMatchObject({ total: 1, leased: 1, free: 0, draining: 1 });
    pool.release(key(1));
    clock.advance(1000);
    expect(pool.counts()).toMatchObject({ total: 0, leased: 0, cooling: 0, draining: 2 });
  });

  it('takes a drained block back into service, with what is in use still in use', async () => {
    const { get, pool, clock } = setUpPool([small]);
    await get(1);
    pool.setBlocks([{ ...small, draining: true }]);
    pool.setBlocks([small]);
    expect(await get(2)).toBe('10.0.0.1');
    pool.release(key(1));
    expect(await get(3)).toBe('exhausted');
    clock.advance(1000);
    expect(await get(3)).toBe('10.0.0.0');
  });

  it('lets leases outlive their block; then the address vanishes', async () => {
    const { get, pool, clock } = setUpPool([small, other]);
    await get(1);
    pool.setBlocks([other]);
    expect(pool.lease(key(1))?.addresses[0]).toMatchObject({ address: '10.0.0.0', vnic: 'a' });
    expect(pool.blocks()).toMatchObject([
      { cidr: '10.0.1.0/31', service: 'active' },
      { cidr: '10.0.0.0/31', vnic: 'a', service: 'removed', leased: 1, total: 1 },
    ]);
    expect(pool.release(key(1))).toMatchObject([{ block: '10.0.0.0/31', vnic: 'a' }]);
    expect(pool.counts()).toMatchObject({ total: 3, cooling: 1, free: 2 });
    clock.advance(1000);
    expect(pool.counts()).toMatchObject({ total: 2, cooling: 0, free: 2 });
    expect(pool.blocks()).toHaveLength(1);
  });

  it('knows leases and cooldowns of a block that comes back, also as part of a larger one', async () => {
    const { get, pool, clock } = setUpPool([small]);
    await get(1);
    await get(2);
    pool.release(key(2));
    pool.setBlocks([]);
    pool.setBlocks([{ cidr: '10.0.0.0/30', vnic: 'c' }]);
    expect([await get(3), await get(4), await get(5)]).toEqual([
      '10.0.0.2',
      '10.0.0.3',
      'exhausted',
    ]);
    clock.advance(1000);
    expect(await get(5)).toBe('10.0.0.1');
  });

  it('keeps what is excluded from being leased again, also while it is in use', async () => {
    const { get, pool, clock } = setUpPool([small]);
    await get(1);
    pool.setBlocks([{ ...small, excluded: ['10.0.0.0'] }]);
    expect(pool.counts()).toMatchObject({ total: 2, leased: 1, free: 1, excluded: 1 });
    pool.release(key(1));
    clock.advance(1000);
    expect(pool.counts()).toMatchObject({ total: 1, leased: 0, free: 1 });
    expect([await get(2), await get(3)]).toEqual(['10.0.0.1', 'exhausted']);
  });

  it('keeps the order of release if it is told the same again', async () => {
    const { get, pool, clock } = setUpPool([small]);
    await get(1);
    await get(2);
    pool.release(key(2));
    pool.release(key(1));
    clock.advance(1000);
    pool.setBlocks([{ ...small }, other, { cidr: '10.0.2.0/32', vnic: 'a' }]);
    pool.setBlocks([small]);
    expect([await get(3), await get(4)]).toEqual(['10.0.0.1', '10.0.0.0']);
  });

  it('follows a block to another VNIC', async () => {
    const { ask, pool } = setUpPool([small]);
    pool.setBlocks([{ ...small, vnic: 'b' }]);
    expect((await ask(1)).addresses[0]?.vnic).toBe('b');
  });

  it.each([
    [[{ cidr: '10.0.0.0', vnic: 'a' }], 'block "10.0.0.0" is not a CIDR'],
    [[{ cidr: '10.0.0.0/33', vnic: 'a' }], 'block "10.0.0.0/33" is not a CIDR'],
    [[{ cidr: '10.0.0.1/24', vnic: 'a' }], 'is not canonical; write it as 10.0.0.0/24'],
    [[{ cidr: '2001:DB8::/64', vnic: 'a' }], 'is not canonical; write it as 2001:db8::/64'],
    [[{ cidr: '10.0.0.0/24', vnic: '' }], 'block 10.0.0.0/24 has no vnic'],
    [[small, small], 'block 10.0.0.0/31 is listed twice'],
    [[small, { cidr: '10.0.0.0/16', vnic: 'b' }], '10.0.0.0/31 lies within block 10.0.0.0/16'],
    [[{ ...small, excluded: ['10.0.0.2'] }], 'excluded "10.0.0.2" is not an address within'],
    [[{ ...small, excluded: ['::1'] }], 'excluded "::1" is not an address within'],
  ])('refuses %j and changes nothing', async (blocks, message) => {
    const { get, pool } = setUpPool([other]);
    expect(() => pool.setBlocks(blocks)).toThrow(message);
    expect(pool.blocks()).toMatchObject([{ cidr: '10.0.1.0/31', total: 2 }]);
    expect(await get(1)).toBe('10.0.1.0');
  });
});

describe('describing an address', () => {
  it('says where it stands', async () => {
    const { get, pool } = setUpPool([
      { ...small, excluded: ['10.0.0.1'] },
      { ...other, draining: true },
      { cidr: '10.0.2.0/31', vnic: 'c' },
    ]);
    await get(1, { requested: ['10.0.2.0'] });
    await get(2, { requested: ['10.0.2.1'] });
    pool.release(key(2));
    const state = (address: string) => pool.describe(address)?.state;
    expect(['10.0.0.0', '10.0.0.1', '10.0.1.0', '10.0.9.9', 'x'].map(state)).toEqual([
      'free',
      'excluded',
      'draining',
      'foreign',
      undefined,
    ]);
    expect(pool.describe('10.0.2.0')).toEqual({
      family: 'inet',
      address: '10.0.2.0',
      block: '10.0.2.0/31',
      vnic: 'c',
      state: 'leased',
      key: key(1),
    });
    expect(pool.describe('10.0.2.1')).toMatchObject({ state: 'cooling', until: 2000 });
    pool.quarantine();
    expect(pool.describe('10.0.0.0')).toMatchObject({ state: 'cooling', until: 2000 });
  });
});
