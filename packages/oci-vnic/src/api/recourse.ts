/**
 * What is to be done about a refusal:
 * - `again`: the same call, after a pause, with the same retry token.
 * - `authenticate`: a new token, then once more.
 * - `later`: not within this call; it may succeed once something else has happened (a policy takes effect, a resource
 *   appears, the caller has read again).
 * - `never`: the call is wrong, or a limit is reached.
 */
export type Recourse = 'again' | 'authenticate' | 'later' | 'never';

const byCode: Readonly<Record<string, Recourse>> = {
  '400 RelatedResourceNotAuthorizedOrNotFound': 'later',
  '401 NotAuthenticated': 'authenticate',
  '404 NotAuthorizedOrNotFound': 'later',
  '409 IncorrectState': 'again',
  '409 Conflict': 'later',
  '409 InvalidatedRetryToken': 'later',
  '409 NotAuthorizedOrResourceAlreadyExists': 'later',
  '412 NoEtagMatch': 'later',
};

/** By status and code alone ("API Errors" in OCI's documentation promises no message). Status 0: no answer. */
export function recourseFor(status: number, code: string): Recourse {
  if (status === 0 || status === 408 || status === 429 || status >= 500) return 'again';
  return byCode[`${status} ${code}`] ?? (status < 400 ? 'again' : 'never');
}

/** Whether the call may have been carried out although it failed: no answer came, or the service broke on the way. */
export function mayHaveHappened(status: number, code: string): boolean {
  if (status === 0) return code === 'NoAnswer';
  return status < 400 || status === 408 || status >= 500;
}
