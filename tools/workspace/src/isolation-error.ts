/** The kernel lets this user make no namespaces; the message is one line and says what to do. */
export class IsolationError extends Error {
  override readonly name = 'IsolationError';

  constructor(refusal: string, remedy: string) {
    super(`network namespaces cannot be made here (${refusal}); ${remedy}`);
  }
}
