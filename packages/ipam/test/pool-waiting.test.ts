import { describe, expect, it } from 'vitest';
import { key, setUpPool, turn } from './pool-setup.ts';

const both = { families: ['inet' as const, 'inet6' as const], waitMs: 60_000 };
const inet = { families: ['inet' as const], waitMs: 60_000 };
const inet6 = { families: ['inet6' as const], waitMs: 60_000 };

describe('waiting', () => {
  it('ends with the cooldown, in order of arrival', async () => {
    const { get, pool, clock } = setUpPool([{ cidr: '10.0.0.0/31', vnic: 'a' }]);
    await get(0);
    await get(1);
    const served: string[] = [];
    for (const name of [2, 3]) {
      void get(name, inet).then((address) => served.push(`${name} ${address}`));
    }
    expect(pool.counts().waiting).toBe(2);
    pool.release(key(1));
    clock.advance(10);
    pool.release(key(0));
    clock.advance(990);
    await turn();
    expect(served).toEqual(['2 10.0.0.1']);
    clock.advance(10);
    await turn();
    expect(served).toEqual(['2 10.0.0.1', '3 10.0.0.0']);
  });

  it('is told as it begins and as it ends, as is every change of leased and free', async () => {
    const { get, pool, changed, clock } = setUpPool([]);
    changed();
    const waiting = get(1, inet);
    expect(changed()).toBe(1);
    pool.counts();
    expect(changed()).toBe(0);
    pool.setBlocks([{ cidr: '10.0.0.0/32', vnic: 'a' }]);
    await waiting;
    expect(changed()).toBe(1);
    pool.release(key(1));
    expect(changed()).toBe(1);
    clock.advance(1000);
    expect(changed()).toBe(1);
  });

  it('ends when blocks are added', async () => {
    const { get, pool } = setUpPool([]);
    const waiting = get(1, both);
    pool.setBlocks([{ cidr: '10.0.0.0/31', vnic: 'a' }]);
    expect(pool.counts().waiting).toBe(1);
    pool.setBlocks([
      { cidr: '10.0.0.0/31', vnic: 'a' },
      { cidr: '2001:db8::/80', vnic: 'a' },
    ]);
    expect(await waiting).toBe('10.0.0.0 2001:db8::');
  });

  it('ends after waitMs, with figures', async () => {
    const { ask, get, pool, clock } = setUpPool([{ cidr: '10.0.0.0/31', vnic: 'a' }]);
    await get(0);
    await get(1);
    clock.advance(100);
    pool.release(key(0));
    const waiting = ask(2, { waitMs: 700 });
    clock.advance(700);
    await expect(waiting).rejects.toMatchObject({
      reason: 'exhausted',
      message:
        'no address of family inet is free: 1 leased, 1 cooling (the next ends in 300 ms), 0 in draining blocks; waited 700 ms; it takes another block or fewer pods',
    });
    expect(pool.counts()).toMatchObject({ waiting: 0, cooling: 1 });
  });

  it('tells that there is no block of the family', async () => {
    const { ask, clock } = setUpPool([{ cidr: '10.0.0.0/31', vnic: 'a' }]);
    const waiting = ask(2, { ...both, waitMs: 700 });
    clock.advance(700);
    await expect(waiting).rejects.toMatchObject({
      reason: 'no-family',
      message: 'no block of family inet6 is in service; waited 700 ms',
    });
  });

  it('ends when the caller gives up; nothing is taken', async () => {
    const { get, pool, clock } = setUpPool([{ cidr: '10.0.0.1/32', vnic: 'a' }]);
    await get(0);
    const caller = new AbortController();
    const first = get(1, { ...inet, signal: caller.signal });
    const second = get(2, inet);
    caller.abort();
    expect(await first).toBe('aborted');
    pool.release(key(0));
    clock.advance(1000);
    expect(await second).toBe('10.0.0.1');
    expect(pool.holder('10.0.0.1')).toEqual(key(2));
  });

  it('does not begin for a caller who gave up before', async () => {
    const { get, pool } = setUpPool([{ cidr: '10.0.0.1/32', vnic: 'a' }]);
    expect(await get(1, { ...inet, signal: AbortSignal.abort() })).toBe('aborted');
    expect(pool.counts()).toMatchObject({ leased: 0, waiting: 0 });
  });

  it('refuses a second ask of one key', async () => {
    const { get } = setUpPool([]);
    void get(1, inet);
    expect(await get(1, inet)).toBe('duplicate-key');
  });

  it('leaves no timer and no listener behind', async () => {
    const { get, pool, clock } = setUpPool([{ cidr: '10.0.0.1/32', vnic: 'a' }]);
    await get(0);
    const caller = new AbortController();
    const served = get(1, { ...inet, signal: caller.signal });
    const expired = get(2, { ...inet, waitMs: 1500 });
    pool.release(key(0));
    clock.advance(1500);
    expect([await served, await expired]).toEqual(['10.0.0.1', 'exhausted']);
    caller.abort();
    expect(pool.holder('10.0.0.1')).toEqual(key(1));
    expect(clock.timers()).toBe(0);
  });

  it('ends when the pool is closed', async () => {
    const { get, pool, clock } = setUpPool([]);
    const waiting = [get(1, inet), get(2, both)];
    pool.close();
    expect(await Promise.all(waiting)).toEqual(['aborted', 'aborted']);
    expect(await get(3, inet)).toBe('aborted');
    expect(clock.timers()).toBe(0);
  });
});

describe('fairness', () => {
  it('one who waits for IPv6 does not hold up those who want IPv4', async () => {
    const { get } = setUpPool([{ cidr: '10.0.0.0/30', vnic: 'a' }]);
    void get(1, inet6);
    expect(await get(2, inet)).toBe('10.0.0.0');
  });

  it('one who waits for both holds up nobody but for one address', async () => {
    const { get } = setUpPool([{ cidr: '10.0.0.0/31', vnic: 'a' }]);
    void get(1, both);
    void get(2, both);
    expect(await get(3, inet)).toBe('10.0.0.0');
    expect(await get(4)).toBe('exhausted');
  });

  it('one who waits for both is not starved by a stream of those who want one', async () => {
    const { get, pool, clock } = setUpPool(
      [
        { cidr: '10.0.0.1/32', vnic: 'a' },
        { cidr: '2001:db8::1/128', vnic: 'a' },
      ],
      { cooldownMs: 0 },
    );
    await get(0);
    await get('six', { families: ['inet6'] });
    const dual = get('dual', both);
    const later = get(1, inet);
    pool.release(key(0));
    await turn();
    expect(pool.counts()).toMatchObject({ waiting: 2, families: { inet: { free: 1 } } });
    pool.release(key('six'));
    expect(await dual).toBe('10.0.0.1 2001:db8::1');
    pool.release(key('dual'));
    expect(await later).toBe('10.0.0.1');
    expect(clock.timers()).toBe(0);
  });

  it('what was kept for one who gives up goes to the next', async () => {
    const { get } = setUpPool([{ cidr: '10.0.0.1/32', vnic: 'a' }]);
    const caller = new AbortController();
    const dual = get(1, { ...both, signal: caller.signal });
    const next = get(2, inet);
    caller.abort();
    expect(await dual).toBe('aborted');
    expect(await next).toBe('10.0.0.1');
  });
});
