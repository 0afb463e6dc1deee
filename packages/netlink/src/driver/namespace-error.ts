/** `missing`: no such path; `not-a-namespace`: something else is there; `denied`: not permitted. */
export type NamespaceReason = 'missing' | 'not-a-namespace' | 'denied';

const remedies: Record<NamespaceReason, string> = {
  missing: 'no such file: the container is gone, or its namespaces are not visible here',
  'not-a-namespace':
    'it is not a network namespace: give a path as /var/run/netns/NAME or /proc/PID/ns/net',
  denied: 'permission denied: this needs CAP_SYS_ADMIN in the namespace and here',
};

/** A network namespace that cannot be used. */
export class NamespaceError extends Error {
  readonly reason: NamespaceReason;
  readonly path: string;

  constructor(reason: NamespaceReason, path: string, options?: ErrorOptions) {
    super(`network namespace "${path}": ${remedies[reason]}`, options);
    this.name = 'NamespaceError';
    this.reason = reason;
    this.path = path;
  }
}
