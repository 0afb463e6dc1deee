/** Entering another network namespace on the main thread, for synchronous work only (setns(2)). */
import { fstatSync, openSync, stat, writeSync } from 'node:fs';
import { libc } from './libc.ts';
import { NamespaceError } from './namespace-error.ts';

const CLONE_NEWNET = 0x4000_0000;

let home: number | undefined;

/**
 * A descriptor of the process's own namespace, kept for the way back. Before the first use all threads of
 * libuv's pool are started (it starts them all at the first job): a thread inherits the namespace of the
 * one that starts it and would stay there for ever. koffi's asynchronous calls run on the same pool.
 */
export function homeDescriptor(): number {
  if (home === undefined) {
    stat('/', () => {});
    home = openSync('/proc/thread-self/ns/net', 'r');
  }
  return home;
}

function comeBack(fd: number): void {
  if (libc().setns(fd, CLONE_NEWNET) === 0) return;
  // Everything this process does from here on would happen to somebody else's network.
  writeSync(2, `cannot return to the own network namespace (errno ${libc().errno()}): aborting\n`);
  process.abort();
}

/**
 * Runs `body` inside the namespace of descriptor `fd`. Nothing in it may be awaited or spawned.
 * @throws NamespaceError (`denied`) where setns is refused
 */
export function inside<T>(fd: number, path: string, body: () => T): T {
  const back = homeDescriptor();
  if (libc().setns(fd, CLONE_NEWNET) !== 0) {
    throw new NamespaceError('denied', path, { cause: new Error(`errno ${libc().errno()}`) });
  }
  try {
    return body();
  } finally {
    comeBack(back);
  }
}

/** A descriptor of a new, empty network namespace. It lives as long as a descriptor, socket or process holds it. */
export function newNamespace(): number {
  const back = homeDescriptor();
  if (libc().unshare(CLONE_NEWNET) !== 0) {
    throw new NamespaceError('denied', '(new)', { cause: new Error(`errno ${libc().errno()}`) });
  }
  try {
    return openSync('/proc/thread-self/ns/net', 'r');
  } finally {
    comeBack(back);
  }
}

/** `device:inode`, which is a namespace's identity whatever path leads to it. */
export function identityOf(fd: number): string {
  const { dev, ino } = fstatSync(fd, { bigint: true });
  return `${dev}:${ino}`;
}

/** The identity of the process's own namespace. */
export function homeIdentity(): string {
  return identityOf(homeDescriptor());
}
