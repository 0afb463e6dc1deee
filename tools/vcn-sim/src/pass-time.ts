import { setImmediate as turn } from 'node:timers/promises';
import type { SimClock } from './clock.ts';

/**
 * Turns of the event loop in which nothing may be left to do before time moves: enough for a request
 * over loopback and its answer, each of which takes a few.
 */
const quietTurns = 40;

/**
 * Lets simulated time pass until `work` is done, and answers what it answers: whenever everything
 * waits, the clock leaps to what falls due next. Caller, cloud and clock must be of this process.
 */
export async function passTime<T>(clock: SimClock, work: Promise<T>): Promise<T> {
  let open = true;
  const settled = () => {
    open = false;
  };
  work.then(settled, settled);
  for (;;) {
    for (let quiet = 0; quiet < quietTurns && open; quiet++) await turn();
    if (!open) return work;
    const next = clock.next();
    if (next !== undefined) clock.advance(next - clock.now());
  }
}
