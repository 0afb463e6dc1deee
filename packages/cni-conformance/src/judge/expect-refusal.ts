import type { Call } from '../plugin-harness.ts';
import { Finding } from './finding.ts';
import { seen } from './seen.ts';

export interface Refusal {
  /** One of these; default: any. */
  readonly codes?: readonly number[];
  /** Words that `msg` or `details` must hold. */
  readonly mentions?: readonly string[];
  /** Of the finding when the call succeeds; default: `accepted`. */
  readonly key?: string;
}

export interface ErrorSeen {
  readonly code: number;
  readonly msg: string;
  readonly details: string;
}

/**
 * That a call failed as the specification has it: not by a signal, a non-zero exit, and one error document on standard
 * output. Throws Finding: `KEY`, `hangs`, `crashes`, `no-error-document`, `wrong-code`, `not-named`.
 */
export function expectRefusal(
  call: Call,
  { codes, mentions = [], key = 'accepted' }: Refusal = {},
): ErrorSeen {
  if (call.timedOut) throw new Finding('hangs', `${call.verb} did not end before its deadline`);
  if (call.exitCode === 0) throw new Finding(key, `${call.verb} should fail; ${seen(call)}`);
  if (call.signal) throw new Finding('crashes', `${call.verb} should fail in words; ${seen(call)}`);
  const error = errorOf(call.document);
  if (!error) {
    throw new Finding(
      'no-error-document',
      `${call.verb} failed, but standard output is not one JSON object with code and msg; ${seen(call)}`,
    );
  }
  if (codes && !codes.includes(error.code)) {
    throw new Finding(
      'wrong-code',
      `code is ${error.code} and should be ${codes.join(' or ')}; ${seen(call)}`,
    );
  }
  const missing = mentions.filter((word) => !`${error.msg} ${error.details}`.includes(word));
  if (missing.length > 0)
    throw new Finding('not-named', `msg does not name ${missing.join(', ')}; ${seen(call)}`);
  return error;
}

function errorOf(document: unknown): ErrorSeen | undefined {
  if (typeof document !== 'object' || document === null) return undefined;
  const { code, msg, details } = document as Record<string, unknown>;
  return typeof code === 'number' && typeof msg === 'string'
    ? { code, msg, details: typeof details === 'string' ? details : '' }
    : undefined;
}
