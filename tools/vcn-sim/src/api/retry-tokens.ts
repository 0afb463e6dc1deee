import type { Clock } from '../clock.ts';
import { ApiError, invalidParameter } from '../cloud/api-error.ts';
import type { ApiAnswer } from './message.ts';

const day = 24 * 3_600_000;

/** What was answered to the calls that carried an `opc-retry-token`. */
export interface RetryTokens {
  /**
   * Does `work` once per token and gives the same answer again for 24 hours; a failure is not kept.
   * Throws 409 InvalidatedRetryToken if the call is another one, or what it made is gone.
   */
  once(token: string | undefined, call: string, work: () => ApiAnswer): ApiAnswer;
}

export function createRetryTokens(clock: Clock, exists: (id: string) => boolean): RetryTokens {
  const kept = new Map<string, { call: string; answer: ApiAnswer }>();
  return {
    once(token, call, work) {
      if (token === undefined) return work();
      if (token.length < 1 || token.length > 64) {
        throw invalidParameter('opc-retry-token must have 1 to 64 characters.');
      }
      const earlier = kept.get(token);
      if (earlier) {
        const id = madeBy(earlier.answer);
        if (earlier.call === call && (id === undefined || exists(id))) return earlier.answer;
        throw new ApiError(
          409,
          'InvalidatedRetryToken',
          'The retry token was used for another call, or what it made has changed since.',
        );
      }
      const answer = work();
      kept.set(token, { call, answer });
      clock.after(day, () => kept.delete(token));
      return answer;
    },
  };
}

function madeBy({ body, headers }: ApiAnswer): string | undefined {
  return (body as { id?: string } | undefined)?.id ?? headers['opc-work-request-id'];
}
