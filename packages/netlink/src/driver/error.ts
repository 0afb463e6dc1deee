/** What the kernel said to one operation, as an error. */
import { constants } from 'node:os';
import { formatOperation } from '../format.ts';
import type { Operation } from '../state.ts';

const names = new Map<number, string>(
  Object.entries(constants.errno).map(([name, value]) => [value, name]),
);

/** The name of an errno value, as `EEXIST`. */
export function errnoName(errno: number): string {
  return names.get(errno) ?? `E${errno}`;
}

export interface NetlinkFailure {
  errno: number;
  operation: Operation;
  index: number;
  done: number;
  kernelMessage?: string;
}

/** The kernel refused an operation of a batch. */
export class NetlinkError extends Error {
  /** As `EEXIST`. */
  readonly code: string;
  /** Positive. */
  readonly errno: number;
  readonly operation: Operation;
  /** Of the operation, in the list that was applied. */
  readonly index: number;
  /** How many operations, counted from the first, are known to have been done. Later ones may have been done too. */
  readonly done: number;
  /** The extended acknowledgement's text (NLMSGERR_ATTR_MSG). */
  readonly kernelMessage?: string;

  constructor(failure: NetlinkFailure, options?: ErrorOptions) {
    const code = errnoName(failure.errno);
    const text = failure.kernelMessage ? `: ${failure.kernelMessage}` : '';
    super(`${formatOperation(failure.operation)}: ${code}${text}`, options);
    this.name = 'NetlinkError';
    this.code = code;
    this.errno = failure.errno;
    this.operation = failure.operation;
    this.index = failure.index;
    this.done = failure.done;
    if (failure.kernelMessage !== undefined) this.kernelMessage = failure.kernelMessage;
  }
}
