import { FakeError } from './fake-error.ts';

/** What was done by which retry token. */
export interface TokenLedger {
  /** Does what a token asks for once, and answers repeats alike; 409 if what it made is gone. */
  once<T>(
    operation: string,
    token: string,
    make: () => T | Promise<T>,
    isThere: (made: T) => boolean,
  ): Promise<T>;
}

export function createLedger(): TokenLedger {
  const done = new Map<string, Promise<unknown>>();
  return {
    async once<T>(
      operation: string,
      token: string,
      make: () => T | Promise<T>,
      isThere: (made: T) => boolean,
    ) {
      if (token.length === 0 || token.length > 64)
        throw new FakeError(operation, 400, 'InvalidParameter');
      const before = done.get(token);
      if (before === undefined) {
        const making = Promise.resolve().then(make);
        done.set(token, making);
        making.catch(() => done.delete(token));
        return making;
      }
      const made = (await before) as T;
      if (!isThere(made)) throw new FakeError(operation, 409, 'InvalidatedRetryToken');
      return made;
    },
  };
}
