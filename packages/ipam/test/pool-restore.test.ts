import { describe, expect, it } from 'vitest';
import { createPool, type Lease } from '../src/index.ts';
import { createManualClock } from './manual-clock.ts';
import { key, setUpPool } from './pool-setup.ts';

const block = { cidr: '10.0.0.0/30', vnic: 'a' };
const lease = (name: string | number, address: string): Lease => ({
  key: key(name),
  addresses: [{ family: 'inet', address, block: block.cidr, vnic: block.vnic }],
});
const cooling = (address: string, until: number) => ({
  address,
  until,
  block: block.cidr,
  vnic: block.vnic,
});

describe('restoring', () => {
  it.each(['before', 'after'])('books records %s the blocks are known', async (when) => {
    const { get, pool, clock } = setUpPool(when === 'after' ? [block] : []);
    pool.restore([lease(1, '10.0.0.0')], [cooling('10.0.0.2', 1500)]);
    if (when === 'before') pool.setBlocks([block]);
    expect(pool.counts()).toMatchObject({ total: 4, leased: 1, cooling: 1, free: 2 });
    expect([await get(2), await get(3), await get(4)]).toEqual([
      '10.0.0.1',
      '10.0.0.3',
      'exhausted',
    ]);
    clock.advance(500);
    expect(await get(4)).toBe('10.0.0.2');
    pool.release(key(1));
    clock.advance(1000);
    expect(await get(5)).toBe('10.0.0.0');
  });

  it('passes over a cooldown that is over or of a leased address', () => {
    const { pool } = setUpPool([block]);
    pool.restore(
      [lease(1, '10.0.0.0')],
      [cooling('10.0.0.0', 9000), cooling('10.0.0.1', 1000), cooling('10.0.0.2', 1001)],
    );
    expect(pool.counts()).toMatchObject({ leased: 1, cooling: 1, free: 2 });
  });

  it.each([
    [[lease(1, '10.0.0.0'), lease(2, '10.0.0.0')], /2\/eth0: address 10.0.0.0 is in use already/],
    [[lease(1, '10.0.0.0'), lease(1, '10.0.0.1')], /two leases are recorded for oci-vcn\/1\/eth0/],
    [[lease(1, '10.0.0.x')], /lease of oci-vcn\/1\/eth0: "10.0.0.x" is no address/],
  ])('refuses contradictions and books nothing', (leases, message) => {
    const { pool } = setUpPool([block]);
    expect(() => pool.restore(leases, [])).toThrow(message);
    expect(pool.counts()).toMatchObject({ leased: 0, free: 4 });
  });

  it('refuses a lease of an address that was leased since', async () => {
    const { get, pool } = setUpPool([block]);
    await get(9);
    expect(() => pool.restore([lease(1, '10.0.0.0')], [])).toThrow(/is in use already/);
  });
});

describe('quarantine', () => {
  it('holds every address back that is not leased, of later blocks too', async () => {
    const { get, pool, clock } = setUpPool([block]);
    pool.restore([lease(1, '10.0.0.0')], []);
    pool.quarantine();
    pool.setBlocks([block, { cidr: '2001:db8::/64', vnic: 'a' }]);
    expect(pool.counts()).toMatchObject({
      leased: 1,
      free: 0,
      exhaustedSince: 1000,
      families: { inet: { cooling: 3 }, inet6: { cooling: 2 ** 32 } },
    });
    const waiting = get(2, { waitMs: 5000 });
    await expect(get(3, { requested: ['10.0.0.3'] })).resolves.toBe('requested-cooling');
    clock.advance(999);
    expect(pool.counts().waiting).toBe(1);
    clock.advance(1);
    expect(await waiting).toBe('10.0.0.1');
  });

  it('holds back what was released before it', async () => {
    const { get, pool, clock } = setUpPool([block]);
    await get(1);
    pool.release(key(1));
    clock.advance(1000);
    pool.quarantine();
    expect(pool.counts()).toMatchObject({ free: 0, cooling: 4 });
    clock.advance(1000);
    expect(pool.counts()).toMatchObject({ free: 4, cooling: 0 });
  });

  it('holds back also what rested unnoticed', () => {
    const clock = createManualClock();
    const pool = createPool({ cooldownMs: 100 })(clock);
    pool.setBlocks([block]);
    pool.restore([], [cooling('10.0.0.1', 1010)]);
    clock.advance(10);
    pool.quarantine();
    expect(pool.counts()).toMatchObject({ free: 0, cooling: 4 });
  });

  it('goes on where it was before a restart, and is over when it is over', () => {
    const { pool, clock } = setUpPool([block]);
    pool.quarantine(400);
    expect(pool.counts()).toMatchObject({ free: 0, cooling: 4 });
    clock.advance(399);
    expect(pool.counts().free).toBe(0);
    clock.advance(1);
    expect(pool.counts().free).toBe(4);
    pool.quarantine(400);
    expect(pool.counts().free).toBe(4);
  });
});
