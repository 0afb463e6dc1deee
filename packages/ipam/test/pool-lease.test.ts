import { describe, expect, it } from 'vitest';
import { key, setUpPool } from './pool-setup.ts';

describe('leasing', () => {
  it('gives every address of a block, the first and the last too, in order', async () => {
    const { get } = setUpPool([{ cidr: '10.0.0.0/30', vnic: 'a' }]);
    const got = [await get(1), await get(2), await get(3), await get(4), await get(5)];
    expect(got).toEqual(['10.0.0.0', '10.0.0.1', '10.0.0.2', '10.0.0.3', 'exhausted']);
  });

  it('passes over what is excluded', async () => {
    const { get, pool } = setUpPool([
      { cidr: '10.0.0.0/30', vnic: 'a', excluded: ['10.0.0.0', '10.0.0.2'] },
    ]);
    expect([await get(1), await get(2), await get(3)]).toEqual([
      '10.0.0.1',
      '10.0.0.3',
      'exhausted',
    ]);
    expect(pool.counts()).toMatchObject({ total: 2, leased: 2, free: 0, excluded: 2 });
  });

  it('prefers the never used, then the one released longest ago, whatever was leased first', async () => {
    const { get, pool, clock } = setUpPool([{ cidr: '10.0.0.0/30', vnic: 'a' }]);
    for (const name of [0, 1, 2]) await get(name);
    for (const name of [2, 0, 1]) {
      pool.release(key(name));
      clock.advance(1);
    }
    clock.advance(1000);
    const got = [];
    for (const name of [3, 4, 5, 6]) got.push(await get(name));
    expect(got).toEqual(['10.0.0.3', '10.0.0.2', '10.0.0.0', '10.0.0.1']);
  });

  it('keeps that order across single addresses of a VNIC', async () => {
    const blocks = [1, 2, 3].map((n) => ({ cidr: `10.0.0.${n}/32`, vnic: 'a' }));
    const { get, pool, clock } = setUpPool(blocks);
    for (const name of [1, 2, 3]) await get(name);
    for (const name of [3, 1, 2]) pool.release(key(name));
    clock.advance(1000);
    expect([await get(4), await get(5), await get(6)]).toEqual([
      '10.0.0.3',
      '10.0.0.1',
      '10.0.0.2',
    ]);
  });

  it('spreads over VNICs', async () => {
    const { get } = setUpPool([
      { cidr: '10.0.0.0/30', vnic: 'a' },
      { cidr: '10.0.1.0/30', vnic: 'b' },
    ]);
    expect([await get(1), await get(2), await get(3)]).toEqual([
      '10.0.0.0',
      '10.0.1.0',
      '10.0.0.1',
    ]);
  });

  it('gives both families, IPv4 first, of one VNIC if any has both', async () => {
    const { ask } = setUpPool([
      { cidr: '10.0.0.0/24', vnic: 'a' },
      { cidr: '10.0.1.0/30', vnic: 'b' },
      { cidr: '2001:db8::/80', vnic: 'b' },
    ]);
    expect((await ask(1, { families: ['inet6', 'inet'] })).addresses).toEqual([
      { family: 'inet', address: '10.0.1.0', block: '10.0.1.0/30', vnic: 'b' },
      { family: 'inet6', address: '2001:db8::', block: '2001:db8::/80', vnic: 'b' },
    ]);
  });

  it('gives both families of two VNICs if none has both', async () => {
    const { get } = setUpPool([
      { cidr: '10.0.0.0/24', vnic: 'a' },
      { cidr: '2001:db8::/80', vnic: 'b' },
    ]);
    expect(await get(1, { families: ['inet', 'inet6'] })).toBe('10.0.0.0 2001:db8::');
  });

  it('takes neither family if one is missing', async () => {
    const { get, pool } = setUpPool([
      { cidr: '10.0.0.0/24', vnic: 'a' },
      { cidr: '2001:db8::/128', vnic: 'a' },
    ]);
    await get(1, { families: ['inet6'] });
    expect(await get(2, { families: ['inet', 'inet6'] })).toBe('exhausted');
    expect(pool.counts().families.inet.leased).toBe(0);
  });

  it('holds an address in cooldown, and counts it as unavailable', async () => {
    const { get, pool, clock, cooled } = setUpPool([{ cidr: '10.0.0.1/32', vnic: 'a' }]);
    await get(1);
    expect(pool.release(key(1))).toEqual([
      { family: 'inet', address: '10.0.0.1', block: '10.0.0.1/32', vnic: 'a', until: 2000 },
    ]);
    expect(pool.cooling()).toEqual([
      { address: '10.0.0.1', until: 2000, block: '10.0.0.1/32', vnic: 'a' },
    ]);
    expect(pool.counts()).toMatchObject({ total: 1, leased: 0, cooling: 1, free: 0 });
    clock.advance(999);
    expect(await get(2)).toBe('exhausted');
    expect(cooled).toEqual([]);
    clock.advance(1);
    expect(cooled).toEqual(['10.0.0.1']);
    expect(await get(2)).toBe('10.0.0.1');
  });

  it('frees an abandoned address at once', async () => {
    const { get, pool } = setUpPool([{ cidr: '10.0.0.1/32', vnic: 'a' }]);
    await get(1);
    pool.abandon(key(1));
    expect(await get(2)).toBe('10.0.0.1');
  });

  it('says since when a family has been exhausted', async () => {
    const { get, pool, clock } = setUpPool([{ cidr: '10.0.0.1/32', vnic: 'a' }]);
    expect(pool.counts().exhaustedSince).toBeUndefined();
    await get(1);
    clock.advance(500);
    expect(pool.counts().exhaustedSince).toBe(1000);
    expect(pool.counts().families.inet6.exhaustedSince).toBeUndefined();
    pool.release(key(1));
    clock.advance(999);
    expect(pool.counts().exhaustedSince).toBe(1000);
    clock.advance(1);
    expect(pool.counts().exhaustedSince).toBeUndefined();
  });

  it('leases one of 65,536 addresses after the other, never one twice', async () => {
    const { ask, pool } = setUpPool([{ cidr: '10.0.0.0/16', vnic: 'a' }], { cooldownMs: 0 });
    const seen = new Set<string>();
    for (let n = 0; n < 65_536; n++) seen.add((await ask(n)).addresses[0]!.address);
    expect(seen.size).toBe(65_536);
    expect(pool.counts()).toMatchObject({ free: 0, leased: 65_536 });
    for (let n = 0; n < 65_536; n++) pool.release(key(n));
    expect(pool.counts()).toMatchObject({ free: 65_536, leased: 0 });
  });

  it('comes back to what was released of a large block that was full', async () => {
    const { get, pool } = setUpPool([], { cooldownMs: 0 });
    const blocks = ['10.0.0.0/15', '10.2.0.0/32'].map((cidr) => ({ cidr, vnic: 'a' }));
    const full = Array.from({ length: 2 ** 17 }, (_, n) => {
      const address = `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
      const leased = { family: 'inet' as const, address, block: '10.0.0.0/15', vnic: 'a' };
      return { key: key(address), addresses: [leased] };
    });
    pool.restore(full, []);
    pool.setBlocks(blocks);
    expect(await get(1)).toBe('10.2.0.0');
    pool.release(key('10.1.2.3'));
    expect([await get(2), await get(3)]).toEqual(['10.1.2.3', 'exhausted']);
  });

  it('remembers of a large IPv6 block only what is in use', async () => {
    const { ask, pool } = setUpPool([{ cidr: '2001:db8::/64', vnic: 'a' }], { cooldownMs: 0 });
    const seen = new Set<string>();
    for (let n = 0; n < 100; n++) {
      seen.add((await ask(n, { families: ['inet6'] })).addresses[0]!.address);
      pool.release(key(n));
    }
    expect(seen.size).toBe(100);
    expect(pool.counts()).toMatchObject({ total: 2 ** 32, free: 2 ** 32, leased: 0 });
  });
});

describe('what is refused', () => {
  it('a key that holds a lease', async () => {
    const { get } = setUpPool([{ cidr: '10.0.0.0/30', vnic: 'a' }]);
    await get(1);
    expect(await get(1)).toBe('duplicate-key');
  });

  it('families that are none, or twice', async () => {
    const { ask } = setUpPool([]);
    await expect(ask(1, { families: [] })).rejects.toThrow(/families is \[\]; give "inet"/);
    await expect(ask(1, { families: ['inet', 'inet'] })).rejects.toThrow(/each once/);
  });

  it('a family that the pool never serves, at once and by name', async () => {
    const { ask } = setUpPool([], { families: ['inet'] });
    await expect(ask(1, { families: ['inet', 'inet6'], waitMs: 1000 })).rejects.toMatchObject({
      reason: 'no-family',
      message: 'the pool serves inet, not inet6',
    });
  });

  it('options that cannot be', () => {
    expect(() => setUpPool([], { cooldownMs: -1 })).toThrow(/cooldownMs is -1/);
    expect(() => setUpPool([], { families: [] })).toThrow(/families is \[\]/);
  });
});
