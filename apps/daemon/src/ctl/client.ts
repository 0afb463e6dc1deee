import { request } from 'node:http';

/** The daemon does not answer at all, or answered an error; the message says what to do. */
export class CtlError extends Error {
  override readonly name = 'CtlError';
  readonly running: boolean;
  constructor(message: string, running: boolean) {
    super(message);
    this.running = running;
  }
}

export interface CtlClient {
  /** @throws CtlError */
  call(method: 'GET' | 'POST', path: string): Promise<unknown>;
}

export function createCtlClient(socketPath: string, timeoutMs = 30_000): CtlClient {
  return {
    call: (method, path) =>
      new Promise((resolve, reject) => {
        const call = request({ socketPath, method, path, timeout: timeoutMs }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', (error) => reject(new CtlError(error.message, true)));
          response.on('end', () => {
            try {
              const body = JSON.parse(Buffer.concat(chunks).toString()) as { error?: string };
              if (response.statusCode === 200) resolve(body);
              else reject(new CtlError(body.error ?? `HTTP status ${response.statusCode}`, true));
            } catch {
              reject(new CtlError(`${socketPath} did not answer with JSON`, true));
            }
          });
        });
        call.on('timeout', () => call.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)));
        call.on('error', (error: NodeJS.ErrnoException) => reject(explain(error, socketPath)));
        call.end();
      }),
  };
}

function explain(error: NodeJS.ErrnoException, socketPath: string): CtlError {
  if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED')
    return new CtlError(
      `vcn-cnid is not running: nothing answers at ${socketPath} (${error.code}); start it, or name its ctlSocket with --socket`,
      false,
    );
  if (error.code === 'EACCES')
    return new CtlError(`${socketPath} may not be opened (EACCES); run as root`, true);
  return new CtlError(`${socketPath}: ${error.message}`, true);
}
