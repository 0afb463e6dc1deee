import type { ApiFailure } from '../model.ts';

/** What the fake cloud rejects with: an ApiFailure. */
export class FakeError extends Error implements ApiFailure {
  override readonly name = 'FakeError';
  readonly operation: string;
  readonly status: number;
  readonly code: string;
  readonly inDoubt: boolean;

  constructor(operation: string, status: number, code: string, inDoubt = false) {
    super(`${operation}: ${status} ${code}`);
    this.operation = operation;
    this.status = status;
    this.code = code;
    this.inDoubt = inDoubt;
  }
}
