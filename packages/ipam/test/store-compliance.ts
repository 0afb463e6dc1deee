import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CoolingAddress, Store, StoredAttachment } from '../src/index.ts';
import { key } from './pool-setup.ts';

/** How a suite gets at the store under test. */
export interface StoreSetup {
  open(): Store;
  /** What a process that starts anew finds, once the store was closed. */
  reopen(store: Store): Store;
}

export const record = (name: string | number, address = '10.0.0.1'): StoredAttachment => ({
  key: key(name),
  phase: 'intent',
  lease: {
    key: key(name),
    addresses: [{ family: 'inet', address, block: '10.0.0.0/24', vnic: 'ocid1.vnic.a' }],
  },
  startedAt: 9_007_199_254_740_993n,
  detail: { plan: [1, 'ü\u0000"', null], index: 7 },
});

export const cooling = (address: string, until = 1234.5): CoolingAddress => ({
  address,
  until,
  block: '10.0.0.0/24',
  vnic: 'ocid1.vnic.a',
});

/** What every store does; `setup` is called for each test. */
export function storeCompliance(setup: () => StoreSetup): void {
  describe('a store', () => {
    let under: StoreSetup;
    let store: Store;
    const reopen = () => {
      store.close();
      store = under.reopen(store);
    };

    beforeEach(() => {
      under = setup();
      store = under.open();
    });
    afterEach(() => store.close());

    it('is empty at first, and says so', () => {
      expect(store.origin).toBe('created');
      expect(store.records()).toEqual([]);
      expect(store.cooling()).toEqual([]);
      reopen();
      expect(store.origin).toBe('existing');
      expect(store.quarantinedAt).toBeUndefined();
    });

    it('gives an intent back as it was, nanoseconds beyond 2^53 too', () => {
      store.intend(record(1));
      expect(store.records()).toEqual([record(1)]);
      reopen();
      expect(store.records()).toEqual([record(1)]);
    });

    it('replaces phase and detail when attached, again and again', () => {
      store.intend(record(1));
      store.attached(key(1), { index: 8 });
      store.attached(key(1), { index: 9 });
      reopen();
      expect(store.records()).toEqual([{ ...record(1), phase: 'attached', detail: { index: 9 } }]);
    });

    it('gives null for a detail that is undefined', () => {
      store.intend({ ...record(1), detail: undefined });
      expect(store.records()[0]?.detail).toBeNull();
    });

    it('keeps apart keys that differ in one part only', () => {
      const others = (['network', 'containerId', 'ifname'] as const).map((part) => {
        const other = { ...key(1), [part]: 'other' };
        return { ...record(1), key: other, lease: { ...record(1).lease, key: other } };
      });
      for (const one of [record(1), ...others]) store.intend(one);
      expect(store.records()).toHaveLength(4);
      store.removed(key(1), []);
      expect(store.records()).toEqual(expect.arrayContaining(others));
      expect(store.records()).toHaveLength(3);
    });

    it('removes a record and cools its addresses', () => {
      store.intend(record(1));
      store.intend(record(2, '10.0.0.2'));
      store.removed(key(1), [cooling('10.0.0.1')]);
      reopen();
      expect(store.records()).toEqual([record(2, '10.0.0.2')]);
      expect(store.cooling()).toEqual([cooling('10.0.0.1')]);
    });

    it('takes the later end of two cooldowns, and forgets those that are over', () => {
      store.removed(key(1), [cooling('10.0.0.1', 5), cooling('10.0.0.2')]);
      store.removed(key(1), [cooling('10.0.0.1', 6)]);
      expect(store.cooling()).toContainEqual(cooling('10.0.0.1', 6));
      store.cooled(['10.0.0.1', '10.0.0.9']);
      reopen();
      expect(store.cooling()).toEqual([cooling('10.0.0.2')]);
    });

    it('refuses a second record of a key, and to attach what has none', () => {
      store.intend(record(1));
      const conflict = expect.objectContaining({ name: 'StoreError', reason: 'conflict' });
      expect(() => store.intend(record(1, '10.0.0.2'))).toThrow(conflict);
      expect(() => store.attached(key(2), {})).toThrow(/no record of oci-vcn\/2\/eth0/);
      expect(store.records()).toEqual([record(1)]);
    });

    it('removes what is not there without complaint', () => {
      store.removed(key(1), []);
      expect(store.records()).toEqual([]);
    });

    it('tells the past holders of an address, the last first', () => {
      for (const name of [1, 2]) {
        store.intend(record(name));
        store.removed(key(name), []);
      }
      expect(store.history('10.0.0.1')).toEqual([
        { key: key(2), leasedAt: expect.closeTo(9_007_199_254, -1), releasedAt: 77 },
        { key: key(1), leasedAt: expect.closeTo(9_007_199_254, -1), releasedAt: 77 },
      ]);
      expect(store.history('10.0.0.2')).toEqual([]);
    });

    it('keeps a few thousand past leases, not more', () => {
      for (let name = 0; name < 4100; name++) {
        store.intend(record(name, `10.0.0.${name % 2}`));
        store.removed(key(name), []);
      }
      expect([...store.history('10.0.0.0'), ...store.history('10.0.0.1')]).toHaveLength(4096);
      expect(store.history('10.0.0.1')[0]?.key).toEqual(key(4099));
    });

    it('gives copies: what is done to them does nothing to it', () => {
      const given = record(1);
      store.intend(given);
      given.lease.addresses.length = 0;
      store.records()[0]!.lease.addresses.length = 0;
      expect(store.records()).toEqual([record(1)]);
    });

    it('refuses everything once closed, and closes twice', () => {
      store.close();
      store.close();
      const closed = expect.objectContaining({ name: 'StoreError', reason: 'closed' });
      expect(() => store.records()).toThrow(closed);
      expect(() => store.intend(record(1))).toThrow(closed);
    });
  });
}
