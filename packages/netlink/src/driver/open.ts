/** Handles on network namespaces. */
import { closeSync } from 'node:fs';
import { openDescriptor } from './descriptor.ts';
import { homeDescriptor, homeIdentity, identityOf, inside } from './enter.ts';
import { KernelNamespace } from './kernel-namespace.ts';

/** The namespace of the process. */
export function openHost(): KernelNamespace {
  return new KernelNamespace({
    identity: homeIdentity(),
    within: (body) => body(),
    descriptor: homeDescriptor(),
    release: () => {},
    separateReads: true,
  });
}

/**
 * The namespace at `path`, as /var/run/netns/NAME or /proc/PID/ns/net. The handle keeps the namespace alive
 * until it is closed.
 * @throws NamespaceError
 */
export function openNamespace(path: string): KernelNamespace {
  const descriptor = openDescriptor(path);
  return new KernelNamespace({
    identity: identityOf(descriptor),
    within: (body) => inside(descriptor, path, body),
    descriptor,
    release: () => closeSync(descriptor),
    separateReads: false,
  });
}
