import { type FSWatcher, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type NativePodNetwork, parseNpn } from './native-pod-network.ts';
import { NpnError } from './npn-error.ts';

/** What becomes of a resource, told one at a time. */
export interface NpnListener {
  changed(npn: NativePodNetwork): void;
  /** What was told last still stands. */
  failed(error: NpnError): void;
}

/** Where a NativePodNetwork comes from. */
export interface NpnSource {
  /** As it is now. Rejects with NpnError. */
  read(): Promise<NativePodNetwork>;
  /** Tells how it is, and from then on each time it is written, until disposed of. */
  watch(listener: NpnListener): Disposable;
}

/** One resource in a file, as `kubectl get npn NAME -o json` prints it. */
export function npnFile(path: string): NpnSource {
  const read = async (): Promise<NativePodNetwork> => parseNpn(parse(path, await load(path)));
  return {
    read,
    watch(listener) {
      let stopped = false;
      let reading = false;
      let again = false;
      let last: string | undefined;

      const look = async (): Promise<void> => {
        // One look at a time, so that an older text is never told after a newer one.
        if (reading) {
          again = true;
          return;
        }
        reading = true;
        do {
          again = false;
          const told = await read().then(
            (npn) => ({ text: JSON.stringify(npn), tell: () => listener.changed(npn) }),
            (error: NpnError) => ({ text: error.message, tell: () => listener.failed(error) }),
          );
          if (stopped) return;
          if (told.text === last) continue;
          last = told.text;
          told.tell();
        } while (again);
        reading = false;
      };

      const watcher = watchName(path, () => void look(), listener);
      void look();
      return {
        [Symbol.dispose]() {
          stopped = true;
          watcher.close();
        },
      };
    },
  };
}

/** The folder is watched: a file that is replaced by a rename is another file. */
function watchName(
  path: string,
  look: () => void,
  listener: NpnListener,
): Pick<FSWatcher, 'close'> {
  const fail = (error: Error): void =>
    listener.failed(
      new NpnError('unreadable', `${path}: its folder cannot be watched: ${error.message}`, {
        cause: error,
      }),
    );
  try {
    // A ConfigMap changes by a link beside the file (`..data`), hence no look at the name of what changed.
    const watcher = watch(dirname(path), { persistent: false }, look);
    watcher.on('error', fail);
    return watcher;
  } catch (error) {
    fail(error as Error);
    return { close: () => undefined };
  }
}

async function load(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const missing = code === 'ENOENT';
    throw new NpnError(
      missing ? 'missing' : 'unreadable',
      missing ? `${path}: no such file; write the node's NativePodNetwork there` : message,
      { cause },
    );
  }
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new NpnError(
      'malformed',
      `${path}: no JSON (${(cause as Error).message}); print it with kubectl get npn -o json`,
      { cause },
    );
  }
}
