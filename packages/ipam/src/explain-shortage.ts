import type { CheckedAsk } from './check-ask.ts';
import { countBlocks, countFree, sumCounts } from './counts.ts';
import type { Ledger } from './ledger.ts';
import { PoolError } from './pool-error.ts';

/** Why an ask could not be served: `no-family` or `exhausted`, with the figures that an operator needs. */
export function explainShortage(
  ledger: Ledger,
  ask: CheckedAsk,
  waitedMs: number,
  now: number,
): PoolError {
  const waited = waitedMs > 0 ? `; waited ${waitedMs} ms` : '';
  const missing = ask.any.find((family) => !ledger.serves(family));
  if (missing) {
    return new PoolError('no-family', `no block of family ${missing} is in service${waited}`);
  }
  const free = countFree(ledger);
  const scarce = ask.any.find((family) => free[family] === 0);
  if (!scarce) {
    const message = `the last free addresses are kept for attachments that wait longer${waited}`;
    return new PoolError('exhausted', message);
  }
  const counts = sumCounts(countBlocks(ledger))[scarce];
  const first = ledger.frozenUntil || ledger.cooling.first?.until;
  const soon =
    counts.cooling > 0 && first ? ` (the next ends in ${Math.ceil(first - now)} ms)` : '';
  return new PoolError(
    'exhausted',
    `no address of family ${scarce} is free: ${counts.leased} leased, ${counts.cooling} cooling${soon}, ` +
      `${counts.draining} in draining blocks${waited}; it takes another block or fewer pods`,
  );
}
