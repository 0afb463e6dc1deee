export interface OciErrorFacts {
  /** HTTP status; 0 if no answer came. */
  status: number;
  /** The service's code, such as `TooManyRequests`; of our own: `NoAnswer`, `NotSigned`, `RateLimited`, `BadAnswer`. */
  code: string;
  /** The call, such as `AttachVnic`. */
  operation: string;
  /** Whether the same call may succeed later though nobody changes a setting. */
  retryable: boolean;
  /** What to give to Oracle's support. */
  opcRequestId?: string;
  /** The policy statements of which one is probably missing. */
  permission?: string;
  /** How often it was tried. Default 1. */
  attempts?: number;
  /** An attempt may have been carried out though no answer said so. Default false. */
  inDoubt?: boolean;
  /** What the service said, and what is known beyond it. */
  explanation?: string;
  cause?: unknown;
}

/** A call to OCI that did not do what was asked. Recognise it by `code` and `status`, never by the message. */
export class OciError extends Error {
  override readonly name = 'OciError';
  readonly status: number;
  readonly code: string;
  readonly operation: string;
  readonly retryable: boolean;
  readonly attempts: number;
  readonly inDoubt: boolean;
  readonly opcRequestId?: string;
  readonly permission?: string;

  constructor(facts: OciErrorFacts) {
    super(describe(facts), facts.cause === undefined ? {} : { cause: facts.cause });
    this.status = facts.status;
    this.code = facts.code;
    this.operation = facts.operation;
    this.retryable = facts.retryable;
    this.attempts = facts.attempts ?? 1;
    this.inDoubt = facts.inDoubt ?? false;
    if (facts.opcRequestId !== undefined) this.opcRequestId = facts.opcRequestId;
    if (facts.permission !== undefined) this.permission = facts.permission;
  }

  /** By shape, so that two installed copies of this package understand each other. */
  static is(value: unknown): value is OciError {
    return value instanceof Error && value.name === 'OciError' && 'code' in value;
  }
}

function describe(facts: OciErrorFacts): string {
  const { operation, status, code, explanation, permission, opcRequestId, attempts = 1 } = facts;
  const notes: string[] = [];
  if (attempts > 1) notes.push(`${attempts} attempts`);
  if (opcRequestId) notes.push(`opc-request-id ${opcRequestId}`);
  return [
    `${operation}: ${status === 0 ? '' : `${status} `}${code}`,
    explanation ? `: ${explanation}` : '',
    permission ? `; if it exists, a policy is missing: ${permission}` : '',
    notes.length > 0 ? ` (${notes.join(', ')})` : '',
  ].join('');
}
