/** Repairs that somebody undoes again and again. */

/** One change that has to be made over and over. */
export interface Fight {
  /** The change, as an operator could type it. */
  change: string;
  /** How often it was made. */
  times: number;
  /** Milliseconds on the clock of the whole. */
  since: number;
  /** It is not made again before. */
  until: number;
}

export interface Fights {
  /** Whether a change is left alone for now. */
  skip(change: string): boolean;
  /** Told of changes that were made; answers those that have just become, or go on to be, a fight. */
  made(changes: readonly string[]): Fight[];
  /** Those under way. */
  current(): Fight[];
  /** In how many milliseconds the first of those left alone may be made again. */
  nextInMs(): number | undefined;
}

/** So often within the window is still a coincidence. */
const tolerated = 3;
const windowMs = 60_000;
const firstPauseMs = 5_000;
const longestPauseMs = 300_000;
/** A change that has not come back for so long is at peace. */
const peaceMs = 600_000;

interface Entry {
  recent: number[];
  times: number;
  since: number;
  last: number;
  until: number;
  pauseMs: number;
}

/** `now`: milliseconds of a clock that never goes back. */
export function createFights(now: () => number): Fights {
  const entries = new Map<string, Entry>();
  const forgetOld = (): void => {
    for (const [change, { last, until, pauseMs }] of entries) {
      const quietFor = now() - Math.max(last, until);
      if (quietFor > (pauseMs > 0 ? peaceMs : windowMs)) entries.delete(change);
    }
  };
  const toFight = ([change, { times, since, until }]: [string, Entry]): Fight => ({
    ...{ change, times, since, until },
  });
  return {
    skip: (change) => (entries.get(change)?.until ?? 0) > now(),
    made(changes) {
      forgetOld();
      const grown: Fight[] = [];
      for (const change of new Set(changes)) {
        const entry = entries.get(change) ?? {
          ...{ recent: [], times: 0, since: now(), last: 0, until: 0, pauseMs: 0 },
        };
        entry.recent = [...entry.recent.filter((at) => now() - at < windowMs), now()];
        entry.times += 1;
        entry.last = now();
        if (entry.pauseMs > 0 || entry.recent.length > tolerated) {
          entry.pauseMs = Math.min(longestPauseMs, Math.max(firstPauseMs, entry.pauseMs * 2));
          entry.until = now() + entry.pauseMs;
          grown.push(toFight([change, entry]));
        }
        entries.set(change, entry);
      }
      return grown;
    },
    current() {
      forgetOld();
      return [...entries].filter(([, { pauseMs }]) => pauseMs > 0).map(toFight);
    },
    nextInMs() {
      const pauses = [...entries.values()].map(({ until }) => until - now()).filter((ms) => ms > 0);
      return pauses.length === 0 ? undefined : Math.min(...pauses);
    },
  };
}
