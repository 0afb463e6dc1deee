import { parseAddress } from './address.ts';
import { Alarm, afterTimeout } from './alarm.ts';
import { allocate, chooseRequested } from './allocate.ts';
import { type CheckedAsk, checkAsk } from './check-ask.ts';
import { countBlocks, countFree } from './counts.ts';
import { describeAddress } from './describe-address.ts';
import type { Entry } from './entry.ts';
import { explainShortage } from './explain-shortage.ts';
import { type Family, families } from './family.ts';
import { formatKey } from './key.ts';
import { Ledger } from './ledger.ts';
import type { AttachmentKey, Lease, LeasedAddress } from './model.ts';
import type { Pool, PoolDeps, PoolOptions } from './pool-contract.ts';
import { countPool } from './pool-counts.ts';
import { PoolError } from './pool-error.ts';
import { readRecords } from './records.ts';
import { type Waiting, WaitingLine } from './waiting-line.ts';

interface Waiter extends Waiting<Waiter> {
  readonly ask: CheckedAsk;
  readonly resolve: (lease: Lease) => void;
  readonly reject: (error: PoolError) => void;
  /** Stops its timer and its listener. */
  stop: () => void;
}

/** A pool without blocks; see `Pool`. Throws RangeError for options that cannot be. */
export function createPool(options: PoolOptions = {}): (deps: PoolDeps) => Pool {
  const { cooldownMs = 30_000, families: served = families } = options;
  if (!Number.isFinite(cooldownMs) || cooldownMs < 0) {
    throw new RangeError(`cooldownMs is ${cooldownMs}; give milliseconds, 0 or more`);
  }
  if (served.length === 0 || served.some((family) => !families.includes(family))) {
    throw new RangeError(`families is ${JSON.stringify(served)}; give "inet", "inet6" or both`);
  }
  return ({ now, after = afterTimeout, cooled, changed }) => {
    const ledger = new Ledger();
    const line = new WaitingLine<Waiter>();
    const waiting = new Map<string, Waiter>();
    const exhaustedSince = new Map<Family, number>();
    const alarm = new Alarm({ now, after }, settle);
    let arrivals = 0;
    let closed = false;
    let told = '';

    /** What follows every change: cooldowns that are over end, who can be served is served. */
    function settle(): void {
      const over = ledger.thaw(now());
      if (over.length > 0) cooled?.(over);
      let free = countFree(ledger);
      for (let waiter = line.next(free); waiter; waiter = line.next(free)) {
        leave(waiter);
        const choices = allocate(ledger, waiter.ask, now());
        if (choices instanceof PoolError) waiter.reject(choices);
        else waiter.resolve(toLease(waiter.ask.key, ledger.take(waiter.ask.key, choices)));
        free = countFree(ledger);
      }
      for (const family of families) {
        if (free[family] > 0 || !ledger.serves(family)) exhaustedSince.delete(family);
        else if (!exhaustedSince.has(family)) exhaustedSince.set(family, now());
      }
      const heeded = !closed && (line.length > 0 || cooled !== undefined);
      alarm.set(heeded ? ledger.nextThaw() : undefined);
      const news = `${ledger.leases.size} ${free.inet} ${free.inet6} ${line.length}`;
      if (news !== told) {
        told = news;
        changed?.();
      }
    }

    function leave(waiter: Waiter): void {
      line.remove(waiter);
      waiting.delete(waiter.ask.id);
      waiter.stop();
    }

    function giveUp(waiter: Waiter, error: PoolError): void {
      leave(waiter);
      waiter.reject(error);
      settle();
    }

    return {
      async acquire(ask, { signal, waitMs }) {
        const checked = checkAsk(ask, served);
        const { id } = checked;
        if (closed) throw aborted(id, 'the pool is closed');
        if (signal.aborted) throw aborted(id, 'the caller gave up');
        if (ledger.leases.has(id) || waiting.has(id)) {
          const message = `${id} holds a lease or waits for one; release it first`;
          throw new PoolError('duplicate-key', message);
        }
        if (checked.requested.size > 0) settle();
        for (const [family, value] of checked.requested) {
          const choice = chooseRequested(ledger, family, value, now());
          if (choice instanceof PoolError) throw choice;
        }
        const { promise, resolve, reject } = Promise.withResolvers<Lease>();
        const waiter: Waiter = {
          ask: checked,
          families: checked.any,
          arrival: arrivals++,
          resolve,
          reject,
          stop: () => {},
        };
        line.push(waiter);
        waiting.set(id, waiter);
        settle();
        if (waiting.get(id) !== waiter) return promise;
        const expire = () => giveUp(waiter, explainShortage(ledger, checked, waitMs, now()));
        if (waitMs <= 0) {
          expire();
          return promise;
        }
        const abort = () => giveUp(waiter, aborted(id, 'the caller gave up'));
        const cancel = after(waitMs, expire);
        signal.addEventListener('abort', abort);
        waiter.stop = () => {
          cancel();
          signal.removeEventListener('abort', abort);
        };
        return promise;
      },

      release(key) {
        const until = now() + cooldownMs;
        const entries = ledger.release(key, cooldownMs > 0 ? until : undefined);
        settle();
        return entries.map((entry) => ({ ...toAddress(entry), until }));
      },

      abandon(key) {
        ledger.release(key);
        settle();
      },

      restore(leases, cooling) {
        const records = readRecords(ledger, leases, cooling, now());
        for (const { key, addresses } of records.leases) ledger.restoreLease(key, addresses);
        for (const { recorded, until } of records.cooling) ledger.restoreCooling(recorded, until);
        settle();
      },

      quarantine(since = now()) {
        settle();
        if (since + cooldownMs > now()) ledger.freeze(since + cooldownMs);
        settle();
      },

      setBlocks(blocks) {
        ledger.setBlocks(blocks);
        settle();
      },

      counts() {
        settle();
        return countPool(ledger, line, exhaustedSince);
      },

      blocks() {
        settle();
        return countBlocks(ledger);
      },

      lease(key) {
        const entries = ledger.leases.get(formatKey(key));
        return entries && toLease(key, entries);
      },

      holder(address) {
        const parsed = parseAddress(address);
        return parsed && ledger.known[parsed.family].get(parsed.value)?.key;
      },

      describe(address) {
        settle();
        return describeAddress(ledger, address);
      },

      cooling() {
        settle();
        return ledger.cooling.items.map(({ address, until, cidr, vnic }) => ({
          address,
          until: until!,
          block: cidr,
          vnic,
        }));
      },

      close() {
        closed = true;
        for (const waiter of waiting.values()) {
          leave(waiter);
          waiter.reject(aborted(waiter.ask.id, 'the pool is closed'));
        }
        settle();
      },
    };
  };
}

function aborted(id: string, why: string): PoolError {
  return new PoolError('aborted', `no address for ${id}: ${why}`);
}

function toAddress({ family, address, cidr, vnic }: Entry): LeasedAddress {
  return { family, address, block: cidr, vnic };
}

function toLease(key: AttachmentKey, entries: readonly Entry[]): Lease {
  return { key: { ...key }, addresses: entries.map(toAddress) };
}
