import { closeSync } from 'node:fs';
import type { Namespace } from '../namespace.ts';
import { openDescriptor } from './descriptor.ts';
import { homeIdentity, identityOf } from './enter.ts';

const early = (): never => {
  throw new Error('only identity and close work in this revision');
};

function handle(identity: string, close: () => void): Namespace {
  const later = async (): Promise<never> => early();
  return {
    identity,
    apply: later,
    snapshot: later,
    deleteLinks: later,
    flushConntrack: later,
    watch: early,
    close,
  };
}

/** The namespace of the process. */
export function openHost(): Namespace {
  return handle(homeIdentity(), () => {});
}

/**
 * The namespace at `path`, as /var/run/netns/NAME or /proc/PID/ns/net.
 * @throws NamespaceError
 */
export function openNamespace(path: string): Namespace {
  const fd = openDescriptor(path);
  return handle(identityOf(fd), () => closeSync(fd));
}
