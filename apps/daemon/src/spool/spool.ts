/** The folder of DELs that arrived while no daemon answered: each is done once, then its file is deleted. */
import { type FSWatcher, watch } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ErrorCode } from '@vcn-cni/cni-spec';
import type { Libc } from '../host/libc.ts';
import { ensurePrivateDirectory } from '../host/state-directory.ts';
import type { Log } from '../log/log.ts';
import type { Serve } from '../server/serve.ts';
import { readEntry } from './read-entry.ts';

/** Many deletes cost the kernel as much as one, so they go out together. */
const inFlight = 64;
/** For events that the kernel lost, and for DELs that must be tried again. */
const rescanMs = 30_000;
/** A temporary file of a plugin that was killed while it wrote. */
const abandonedMs = 60_000;
/** Errors of the request itself: trying it again would end the same way. */
const hopeless: ReadonlySet<number> = new Set([
  ErrorCode.IncompatibleVersion,
  ErrorCode.InvalidEnvironment,
  ErrorCode.DecodingFailure,
  ErrorCode.InvalidNetworkConfig,
]);

/** Final names are hashes; a file that is being worked on has the suffix, so a repeat cannot be lost with it. */
const spooled = /^[0-9a-f]{64}$/;
const taken = /^[0-9a-f]{64}\.taken$/;

export interface Spool {
  /** Does everything that lies there. */
  drain(): Promise<void>;
  /** Drains whenever something arrives, until stopped. */
  watch(): AsyncDisposable;
  /** Deletes everything: it belongs to another boot. */
  discard(): Promise<void>;
}

export function createSpool(
  directory: string,
  deps: { serve: Serve; libc: Libc; log: Log },
): Spool {
  const { log } = deps;
  let draining = Promise.resolve();
  const drain = () => {
    draining = draining.catch(() => {}).then(drainOnce);
    return draining;
  };

  async function drainOnce(): Promise<void> {
    await ensurePrivateDirectory(directory);
    const names = await readdir(directory);
    const waiting = names.filter((name) => spooled.test(name) || taken.test(name)).sort();
    let done = 0;
    const worker = async () => {
      for (let name = waiting.pop(); name !== undefined; name = waiting.pop())
        if (await complete(name)) done++;
    };
    await Promise.all(Array.from({ length: Math.min(inFlight, waiting.length) }, worker));
    if (done > 0) log.info({ done }, 'spooled DELs done');
    await sweep(names.filter((name) => !spooled.test(name) && !taken.test(name)));
  }

  async function complete(name: string): Promise<boolean> {
    const path = join(directory, taken.test(name) ? name : `${name}.taken`);
    try {
      if (spooled.test(name)) await rename(join(directory, name), path);
      const entry = await readEntry(path, deps.libc.bootTime());
      const answer = await deps.serve(entry.request, {
        signal: new AbortController().signal,
        spooledAt: entry.spooledAt,
      });
      const code = answer.exitCode === 0 ? 0 : (JSON.parse(answer.stdout).code as number);
      if (code !== 0 && !hopeless.has(code)) return false;
      if (code !== 0) log.error({ file: name, code }, 'spooled DEL cannot be done: deleted');
      await rm(path, { force: true });
      return code === 0;
    } catch (error) {
      // The plugin takes its file back when it reaches the daemon after all.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      log.error({ file: name, err: (error as Error).message }, 'unusable spool file: deleted');
      await rm(path, { force: true, recursive: true });
      return false;
    }
  }

  async function sweep(others: string[]): Promise<void> {
    for (const name of others) {
      const path = join(directory, name);
      const found = await stat(path).catch(() => undefined);
      if (!found || Date.now() - found.mtimeMs < abandonedMs) continue;
      log.warn({ file: name }, 'abandoned spool file: deleted');
      await rm(path, { force: true, recursive: true });
    }
  }

  return {
    drain,
    watch() {
      let watcher: FSWatcher | undefined;
      const look = () =>
        drain().catch((error) => log.error({ err: error, directory }, 'reading the spool failed'));
      const observe = () => {
        watcher = watch(directory, (_event, name) => {
          if (name === null || spooled.test(name)) void look();
        });
        watcher.on('error', (error) => log.warn({ err: error, directory }, 'watching failed'));
      };
      observe();
      const timer = setInterval(look, rescanMs).unref();
      void look();
      return {
        async [Symbol.asyncDispose]() {
          watcher?.close();
          clearInterval(timer);
          await draining.catch(() => {});
        },
      };
    },
    async discard() {
      await rm(directory, { force: true, recursive: true });
      await ensurePrivateDirectory(directory);
    },
  };
}
