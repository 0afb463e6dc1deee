import { formatAddress } from './address.ts';
import { nextFresh } from './block-state.ts';
import type { CheckedAsk } from './check-ask.ts';
import { chooseVnic } from './choose-vnic.ts';
import type { Family } from './family.ts';
import { formatKey } from './key.ts';
import type { Choice, Ledger } from './ledger.ts';
import { PoolError } from './pool-error.ts';
import { freshBlock } from './shelf.ts';

/**
 * Decides which addresses serve an ask; changes nothing. One of each wanted family, of one VNIC if any has both.
 * Returns why not as PoolError: `requested-*` or `exhausted`.
 */
export function allocate(ledger: Ledger, ask: CheckedAsk, now: number): Choice[] | PoolError {
  const choices = new Map<Family, Choice>();
  for (const [family, value] of ask.requested) {
    const choice = chooseRequested(ledger, family, value, now);
    if (choice instanceof PoolError) return choice;
    choices.set(family, choice);
  }
  const candidates = [...ledger.vnics].map(([vnic, shelves]) => ({
    vnic,
    shelves,
    free: ledger.free(shelves),
  }));
  const beside = [...choices.values()][0]?.block.block.vnic;
  const together =
    chooseVnic(
      candidates.filter(({ vnic }) => vnic === beside),
      ask.any,
    ) ?? chooseVnic(candidates, ask.any);
  for (const family of ask.any) {
    const source = together ?? chooseVnic(candidates, [family]);
    if (!source) return new PoolError('exhausted', `no address of family ${family} is free`);
    const shelf = source.shelves[family];
    const rested = shelf.rested.first;
    if (shelf.fresh > 0 && ledger.frozenUntil === 0) {
      const block = freshBlock(shelf);
      choices.set(family, { block, value: nextFresh(block, ledger.known[family]), next: true });
    } else {
      choices.set(family, { block: rested!.block!, value: rested!.value, rested: rested! });
    }
  }
  return ask.families.map((family) => choices.get(family)!);
}

/** Decides on an address that was asked for by name. */
export function chooseRequested(
  ledger: Ledger,
  family: Family,
  value: bigint,
  now: number,
): Choice | PoolError {
  const address = formatAddress(family, value);
  const entry = ledger.known[family].get(value);
  const block = ledger.index.find(family, value);
  if (entry?.key) {
    const holder = entry.key;
    const message = `requested address ${address} is held by ${formatKey(holder)}; remove that attachment first`;
    return new PoolError('requested-taken', message, { address, holder });
  }
  if (!block) {
    const message = `requested address ${address} is in no block of the pool (${ledger.index.describe()})`;
    return new PoolError('requested-foreign', message, { address });
  }
  if (!block.shelf || block.excluded.has(value)) {
    const why = block.shelf ? 'is excluded from' : 'is in a draining';
    const message = `requested address ${address} ${why} block ${block.cidr.text}; ask for another`;
    return new PoolError('requested-foreign', message, { address });
  }
  const until = entry ? entry.until : ledger.frozenUntil || undefined;
  if (until !== undefined) {
    const message = `requested address ${address} was released and cools for another ${until - now} ms; try again then`;
    return new PoolError('requested-cooling', message, { address, until });
  }
  return entry ? { block, value, rested: entry } : { block, value };
}
