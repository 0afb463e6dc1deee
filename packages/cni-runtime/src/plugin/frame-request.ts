import { CniError } from '@vcn-cni/cni-spec';
import { type FrameState, frameLimits, frameVersion } from './frame.ts';
import { FrameCollector, type FrameDefect } from './frame-collector.ts';

/** One execution of the plugin, as the daemon gets it. */
export interface FrameRequest {
  environment: Record<string, string>;
  stdin: Uint8Array;
}

/** Whether a variable of the plugin's environment goes to the daemon. */
export function isForwarded(name: string): boolean {
  return (
    name.startsWith('CNI_') || name === 'TRACEPARENT' || name === 'TRACESTATE' || name === 'BAGGAGE'
  );
}

/** `environment` holds the variables to forward; see {@link isForwarded}. */
export function encodeRequest(request: FrameRequest): Uint8Array {
  const entries = Object.entries(request.environment).map(([name, value]) =>
    Buffer.from(`${name}=${value}`),
  );
  return encodeRequestEntries(entries, request.stdin);
}

/** As {@link encodeRequest}, for variables as bytes: `NAME=value`, which need not be UTF-8. */
export function encodeRequestEntries(
  entries: readonly Uint8Array[],
  stdin: Uint8Array,
): Uint8Array {
  const nul = Buffer.from([0]);
  const body = Buffer.concat([...entries.flatMap((entry) => [entry, nul]), nul, stdin]);
  return Buffer.concat([Buffer.from(`VCN-CNI/${frameVersion} ${body.length}\n`), body]);
}

/** Takes the chunks of one connection. `error` is what to answer, by `encodeAnswer`. */
export class RequestDecoder {
  readonly #collector = new FrameCollector(0, frameLimits.request);
  #state: FrameState<FrameRequest, CniError> = { state: 'need-more' };

  push(chunk: Uint8Array): FrameState<FrameRequest, CniError> {
    if (this.#state.state !== 'need-more') return this.#state;
    const collected = this.#collector.push(chunk);
    if (collected !== undefined) {
      this.#state =
        'defect' in collected
          ? { state: 'malformed', error: defectError(collected.defect) }
          : readBody(collected.frame.body);
    }
    return this.#state;
  }

  /** The connection ended: what was not whole by now is malformed. */
  end(): FrameState<FrameRequest, CniError> {
    if (this.#state.state === 'need-more') {
      const reason = `it ends after ${this.#collector.received} bytes`;
      this.#state = { state: 'malformed', error: defectError({ reason }) };
    }
    return this.#state;
  }
}

/** One whole frame. @throws CniError what to answer to a malformed one */
export function decodeRequest(frame: Uint8Array): FrameRequest {
  const decoder = new RequestDecoder();
  decoder.push(frame);
  const state = decoder.end();
  if (state.state === 'done') return state.value;
  throw state.state === 'malformed' ? state.error : defectError({ reason: 'it is empty' });
}

function readBody(body: Uint8Array): FrameState<FrameRequest, CniError> {
  const environment: Record<string, string> = {};
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for (let start = 0; ; ) {
    const end = body.indexOf(0, start);
    if (end < 0) return malformed('no empty string ends its variables');
    const entry = body.subarray(start, end);
    start = end + 1;
    if (entry.length === 0) {
      const stdin = body.subarray(start);
      if (stdin.length <= frameLimits.stdin)
        return { state: 'done', value: { environment, stdin } };
      return { state: 'malformed', error: stdinTooLong() };
    }
    const equals = entry.indexOf(0x3d);
    if (equals < 1) return malformed('one of its variables is not NAME=value');
    const name = new TextDecoder().decode(entry.subarray(0, equals));
    if (!isForwarded(name) || name in environment) continue;
    try {
      environment[name] = utf8.decode(entry.subarray(equals + 1));
    } catch {
      return { state: 'malformed', error: notUtf8(name) };
    }
  }
}

function malformed(reason: string): { state: 'malformed'; error: CniError } {
  return { state: 'malformed', error: defectError({ reason }) };
}

function stdinTooLong(): CniError {
  return new CniError(
    6,
    'standard input is too long',
    `the network configuration has more than ${frameLimits.stdin} bytes`,
  );
}

function notUtf8(name: string): CniError {
  return new CniError(
    4,
    `${name} is not valid UTF-8`,
    `the runtime must set ${name} to UTF-8 text without other bytes`,
  );
}

function defectError({ reason, version }: FrameDefect): CniError {
  if (version !== undefined) {
    return new CniError(
      999,
      `frame version ${version} is not known`,
      `the plugin sent VCN-CNI/${version}, this daemon speaks VCN-CNI/${frameVersion}: install the plugin and the daemon of one release`,
    );
  }
  return new CniError(
    999,
    'malformed request frame',
    `${reason}; a request is "VCN-CNI/${frameVersion} LENGTH", a newline and LENGTH bytes`,
  );
}
