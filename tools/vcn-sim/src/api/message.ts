/** A request as it came over the wire. */
export interface ApiRequest {
  method: string;
  /** Path and query, byte for byte. */
  target: string;
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  body: Uint8Array;
}

/** An answer; `body` is JSON, undefined: none. */
export interface ApiAnswer {
  status: number;
  headers: Record<string, string>;
  body?: unknown;
}
