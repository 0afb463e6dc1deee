import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log/log.ts';
import type { SourceWait } from './address-source.ts';

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

/** Tries until it succeeds, each time after a longer pause; says what is waited for. Rejects when the signal aborts. */
export async function untilDone<T>(
  attempt: () => Promise<T>,
  surroundings: {
    signal: AbortSignal;
    now(): number;
    /** Told before each pause, and undefined after success. */
    waiting(wait: SourceWait | undefined): void;
    log: Log;
  },
): Promise<T> {
  const { signal, now, waiting, log } = surroundings;
  let since: number | undefined;
  for (let pause = firstPauseMs; ; pause = Math.min(longestPauseMs, pause * 2)) {
    signal.throwIfAborted();
    try {
      const done = await attempt();
      if (since !== undefined) waiting(undefined);
      return done;
    } catch (error) {
      signal.throwIfAborted();
      since ??= now();
      const cause = reasonOf(error);
      const detail = error instanceof Error ? error.message : String(error);
      waiting({ cause, subject: nameOf(error), since, until: now() + pause, detail });
      log.warn({ err: error, pauseMs: pause }, 'the source of addresses could not go on');
      await sleep(pause, undefined, { signal });
    }
  }
}

/** ImdsError has a reason and a URL, OciError an operation and a code, an error of the file system a code and a path. */
function reasonOf(error: unknown): string {
  const { reason, code } = error as { reason?: unknown; code?: unknown };
  const text = reason ?? code;
  return typeof text === 'string' ? text.toLowerCase() : 'failed';
}

function nameOf(error: unknown): string {
  const { url, operation, path } = error as { url?: string; operation?: string; path?: string };
  return url ?? operation ?? path ?? 'the source of addresses';
}
