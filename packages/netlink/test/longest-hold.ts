/** The longest time for which something held the event loop. */
import { closeSync, openSync, readSync } from 'node:fs';

const SCHEDSTAT = '/proc/thread-self/schedstat';

/** Milliseconds that this thread was ready to run while others ran: no doing of what is measured. */
function runqueueClock(): { read(): number; close(): void } {
  try {
    const fd = openSync(SCHEDSTAT, 'r');
    const text = Buffer.alloc(64);
    const read = (): number => {
      const length = readSync(fd, text, 0, text.length, 0);
      return Number(text.toString('latin1', 0, length).split(' ')[1]) / 1e6;
    };
    return { read, close: () => closeSync(fd) };
  } catch {
    console.warn(`no ${SCHEDSTAT} here: a loaded machine will look like a held event loop`);
    return { read: () => 0, close: () => {} };
  }
}

/** Starts measuring; `stop` gives the longest hold in milliseconds. */
export function longestHold(): { stop(): number } {
  const clock = runqueueClock();
  let last = { time: performance.now(), waited: clock.read() };
  let longest = 0;
  const look = (): void => {
    const now = { time: performance.now(), waited: clock.read() };
    longest = Math.max(longest, now.time - last.time - (now.waited - last.waited));
    last = now;
  };
  let next = setImmediate(function again() {
    look();
    next = setImmediate(again);
  });
  return {
    stop() {
      clearImmediate(next);
      look();
      clock.close();
      return longest;
    },
  };
}
