import type { AttachmentDeps, HostNamespace, Namespace } from '../src/index.ts';

/** Called before and after each effect of a verb: the points at which a schedule can come between. */
export type Step = (point: string) => Promise<void> | void;

/** The same ports, with `step` around every call that has an effect or waits. */
export function stepped(deps: AttachmentDeps, step: Step): AttachmentDeps {
  const around =
    <A extends unknown[], R>(name: string, call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await step(`before ${name}`);
      const result = await call(...args);
      await step(`after ${name}`);
      return result;
    };
  const namespace = (inner: Namespace, name: string): Namespace => ({
    identity: inner.identity,
    apply: around(`${name} apply`, (operations, options) => inner.apply(operations, options)),
    snapshot: around(`${name} snapshot`, (scope) => inner.snapshot(scope)),
    close: () => inner.close(),
  });
  const { host } = deps.kernel;
  const steppedHost: HostNamespace = {
    ...namespace(host, 'host'),
    apply: around('host apply', (operations, options) =>
      host.apply(operations, { ...options, namespaces: unwrapped(options?.namespaces) }),
    ),
    deleteLinks: around('deleteLinks', (links) => host.deleteLinks(links)),
    flushConntrack: (addresses) => host.flushConntrack(addresses),
  };
  const originals = new WeakMap<Namespace, Namespace>();
  const unwrapped = (namespaces: Record<string, Namespace> = {}) =>
    Object.fromEntries(
      Object.entries(namespaces).map(([key, value]) => [key, originals.get(value) ?? value]),
    );
  return {
    ...deps,
    kernel: {
      host: steppedHost,
      open(path, callerPid) {
        const inner = deps.kernel.open(path, callerPid);
        const outer = namespace(inner, 'pod');
        originals.set(outer, inner);
        return outer;
      },
    },
    pool: {
      ...deps.pool,
      acquire: around('acquire', (ask, options) => deps.pool.acquire(ask, options)),
    },
  };
}
