import { supportedVersions } from '@vcn-cni/cni-spec';
import type { Answer } from './answer.ts';
import { type DispatchOptions, dispatch } from './dispatch.ts';
import { guardHostNamespace } from './guard-host-namespace.ts';
import type { PluginHandlers } from './handlers.ts';
import { maximumStdinBytes } from './standard-input.ts';

/** What `runPlugin` uses of a process; `node:process` fits. */
export interface PluginProcess {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly stdout: { write(text: string, done: (error?: Error | null) => void): unknown };
  readonly stderr: { write(text: string): unknown };
  exitCode?: number | string | null | undefined;
}

export interface RunPluginOptions extends DispatchOptions {
  /** One line that says what the plugin is, for a person who starts it by hand. */
  about?: string;
  /** Aborted when the plugin should give up. */
  signal?: AbortSignal;
}

/**
 * The whole `main` of a plugin: reads the process, answers on its standard output, sets its exit code. ADD,
 * CHECK and DEL in the host's own network namespace are refused with code 101, unless `guardNamespace` says
 * otherwise or CNI_NETNS_OVERRIDE is 1 or true, as plugins' test suites set it.
 */
export async function runPlugin(
  handlers: PluginHandlers,
  process: PluginProcess,
  options: RunPluginOptions = {},
): Promise<void> {
  const environment = process.env;
  const named = Boolean(environment['CNI_COMMAND']);
  if (!named && options.about) {
    const versions = (options.supportedVersions ?? supportedVersions).join(', ');
    process.stderr.write(`${options.about}\nCNI protocol versions supported: ${versions}\n`);
  }
  const signal = options.signal ?? new AbortController().signal;
  const overridden = /^(1|true)$/i.test(environment['CNI_NETNS_OVERRIDE'] ?? '');
  const answer = await dispatch(
    handlers,
    // A person at a terminal, who gave no command, would wait for ever.
    { environment, stdin: named ? await readAll(process.stdin) : '' },
    { signal },
    overridden ? options : { guardNamespace: guardHostNamespace, ...options },
  );
  await print(process, answer);
}

/** Stops behind the limit: the dispatcher refuses what is longer, whatever follows. */
async function readAll(stdin: AsyncIterable<Uint8Array | string>): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stdin) {
    const bytes = typeof chunk === 'string' ? encoder.encode(chunk) : chunk;
    chunks.push(bytes);
    length += bytes.length;
    if (length > maximumStdinBytes) break;
  }
  return Buffer.concat(chunks);
}

async function print(process: PluginProcess, { exitCode, stdout }: Answer): Promise<void> {
  process.exitCode = exitCode;
  if (stdout === '') return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  process.stdout.write(stdout, (error) => (error ? reject(error) : resolve()));
  await promise;
}
