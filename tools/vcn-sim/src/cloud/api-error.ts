/** An answer that is no success: status and code are documented, messages are not to be relied on. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The service does not tell what is gone from what the caller may not see. */
export const notFound = (what: string): ApiError =>
  new ApiError(
    404,
    'NotAuthorizedOrNotFound',
    `Authorization failed or requested resource not found: ${what}`,
  );

export const incorrectState = (message: string): ApiError =>
  new ApiError(409, 'IncorrectState', message);

export const invalidParameter = (message: string): ApiError =>
  new ApiError(400, 'InvalidParameter', message);

export const missingParameter = (message: string): ApiError =>
  new ApiError(400, 'MissingParameter', message);

export const limitExceeded = (message: string): ApiError =>
  new ApiError(400, 'LimitExceeded', message);

/** The service gives every cause the same text; this one says more, for whoever debugs a client. */
export const notAuthenticated = (why: string): ApiError =>
  new ApiError(
    401,
    'NotAuthenticated',
    `The required information to complete authentication was not provided or was incorrect: ${why}.`,
  );
