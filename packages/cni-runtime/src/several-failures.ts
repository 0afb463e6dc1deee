import { CniError, ErrorCode } from '@vcn-cni/cni-spec';

/** More than one thing failed; the code is that of the first. */
export class SeveralFailures extends CniError {
  override readonly name = 'SeveralFailures';
  readonly errors: readonly CniError[];

  constructor(msg: string, errors: readonly CniError[]) {
    const details = errors.map(({ message }) => message).join('; ');
    super(errors[0]?.code ?? ErrorCode.InternalDefect, msg, details, { cause: errors[0] });
    this.errors = errors;
  }
}

/** Throws what failed: nothing if nothing did, one failure as it is. */
export function throwFailures(msg: string, errors: readonly CniError[]): void {
  const [only, another] = errors;
  if (another) throw new SeveralFailures(msg, errors);
  if (only) throw only;
}
