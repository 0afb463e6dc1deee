/** An operation that the kernel would refuse in that state. */
export type RefusalCode =
  | 'EEXIST'
  | 'EINVAL'
  | 'EHOSTUNREACH'
  | 'ENETDOWN'
  | 'ENETUNREACH'
  | 'ENODEV'
  | 'ENOENT'
  | 'EPERM';

export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}
