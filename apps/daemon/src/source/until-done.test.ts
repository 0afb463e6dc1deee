import { expect, test } from 'vitest';
import { quietLog } from '../../test/quiet-log.ts';
import type { SourceWait } from './address-source.ts';
import { untilDone } from './until-done.ts';

function surroundings(signal = new AbortController().signal) {
  const waits: (SourceWait | undefined)[] = [];
  const told = Promise.withResolvers<void>();
  return {
    waits,
    told: told.promise,
    options: {
      ...{ signal, now: () => 7_000, log: quietLog() },
      waiting(wait: SourceWait | undefined) {
        waits.push(wait);
        told.resolve();
      },
    },
  };
}

test('what succeeds at once is no wait', async () => {
  const { waits, options } = surroundings();
  expect(await untilDone(async () => 'done', options)).toBe('done');
  expect(waits).toEqual([]);
});

test('it is tried again after a pause, and said what is waited for until it succeeds', async () => {
  const { waits, options } = surroundings();
  let attempts = 0;
  const attempt = async () => {
    if (++attempts === 1)
      throw Object.assign(new Error('no answer'), { reason: 'unreachable', url: 'http://imds/' });
    return attempts;
  };
  expect(await untilDone(attempt, options)).toBe(2);
  expect(waits).toEqual([
    {
      ...{ cause: 'unreachable', subject: 'http://imds/', detail: 'no answer' },
      ...{ since: 7_000, until: 8_000 },
    },
    undefined,
  ]);
});

test.each([
  [
    { operation: 'ListShapes', code: 'NotAuthorizedOrNotFound' },
    'notauthorizedornotfound',
    'ListShapes',
  ],
  [{ code: 'EACCES', path: '/var/lib/x' }, 'eacces', '/var/lib/x'],
  [{}, 'failed', 'the source of addresses'],
])('%o is named', async (fields, cause, subject) => {
  const stop = new AbortController();
  const { waits, told, options } = surroundings(stop.signal);
  const trying = untilDone(() => Promise.reject(Object.assign(new Error('it'), fields)), options);
  await told;
  stop.abort();
  await expect(trying).rejects.toThrow();
  expect(waits).toMatchObject([{ cause, subject }]);
});

test('the end of the daemon ends the pause, and is no failure to wait for', async () => {
  const stop = new AbortController();
  const { waits, options } = surroundings(stop.signal);
  const trying = untilDone(async () => {
    stop.abort(new Error('stopped'));
    throw new Error('cut off');
  }, options);
  await expect(trying).rejects.toThrow('stopped');
  expect(waits).toEqual([]);
  await expect(untilDone(async () => 'never', options)).rejects.toThrow('stopped');
});
