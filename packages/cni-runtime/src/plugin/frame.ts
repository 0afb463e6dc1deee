/**
 * The frames between the plugin and the daemon, version 1.
 *
 * Request: `VCN-CNI/1 LENGTH\n`, then LENGTH bytes: `NAME=value\0` for each variable, one empty
 * `\0`, then standard input byte for byte. Answer: `VCN-CNI/1 EXIT LENGTH\n`, then LENGTH bytes.
 */
export const frameVersion = 1;

/** Both builds of the plugin and the daemon hold to these; all in bytes. */
export const frameLimits = {
  /** Standard input of one execution; more is code 6. */
  stdin: 1024 * 1024,
  /** The variables of one execution, each with its terminator; more is code 4. */
  environment: 256 * 1024,
  /** Body of a request: both of the above and the boundary between them. */
  request: (1024 + 256) * 1024 + 1,
  /** Body of an answer. */
  answer: 1024 * 1024,
  /** First line of a frame, with its newline. */
  firstLine: 64,
} as const;

/** What a decoder knows after a chunk; `value` and `error` never change once they are there. */
export type FrameState<T, E> =
  | { state: 'need-more' }
  | { state: 'done'; value: T }
  | { state: 'malformed'; error: E };
