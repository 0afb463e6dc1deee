/** A request as it is signed and sent. Header names are lower case. */
export interface SignableRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Absolute, with the query as it is sent. */
  url: string;
  /** `x-date` is among them. */
  headers: Record<string, string>;
  body?: string;
}

/** Signs requests as OCI wants them (draft-cavage-http-signatures-08; "Request Signatures" in OCI's documentation). */
export interface Signer {
  /** All headers to send, `authorization` among them. */
  sign(request: SignableRequest): Promise<Record<string, string>>;
  /** Gets new credentials, where there are any to get; called after 401 NotAuthenticated. */
  refresh?(): Promise<void>;
}
