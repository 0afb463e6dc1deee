import type { Conflist, ResultDocument } from '@vcn-cni/cni-spec';
import type { Attachment } from './attachment.ts';
import { createAttachmentCache } from './cache/attachment-cache.ts';
import type { AttachmentKey, CachedAttachment } from './cache/cached-attachment.ts';
import { addAttachment } from './operation/add-attachment.ts';
import { checkAttachment } from './operation/check-attachment.ts';
import {
  collectGarbage,
  type GarbageReport,
  namespaceIsGone,
} from './operation/collect-garbage.ts';
import { deleteAttachment } from './operation/delete-attachment.ts';
import { networkStatus } from './operation/network-status.ts';
import type { OperationContext } from './operation/operation-context.ts';
import { createOperationLocks } from './operation/operation-locks.ts';
import { type OperationOptions, operationSignal } from './operation/operation-options.ts';
import { betweenProcesses } from './operation/process-locks.ts';
import { validateList } from './operation/validate-list.ts';
import type { ValidAttachment } from './plugin-request.ts';
import { type PluginVersions, pluginVersions } from './plugin-versions.ts';
import { requireNames } from './require-names.ts';
import { type ListExecution, timeoutError } from './run-list-plugin.ts';

export interface RuntimeOptions extends Omit<ListExecution, 'signal'> {
  /** Default `/var/lib/cni`, which programs built on libcni use too. */
  cacheDirectory?: string;
  /**
   * Other processes that name the same folder take turns with this one, by flock(1) (about 5 ms an operation).
   * Default: the order holds in this process alone.
   */
  lockDirectory?: string;
  /** Milliseconds for each operation that names no `timeout` of its own; default none. */
  timeout?: number;
  /** Whether a namespace is gone for sure; by default that its path leads nowhere. */
  namespaceGone?: (netns: string) => Promise<boolean>;
}

/**
 * What libcni does for lists. A single plugin is a list of one: `conflistOfPlugin` of cni-spec makes it. All of
 * one container is done one after the other, in the order asked for, and GC alone (SPEC section 3, "Lifecycle &
 * Ordering"); between processes too where they share a `lockDirectory`. Failures of plugins are PluginFailure.
 */
export interface Runtime {
  /**
   * Adds the container to the network and keeps the result for CHECK, DEL and GC. A failed ADD keeps nothing and
   * leaves what its plugins have made: the caller owes a `del`, or asks for it by `undo`. Throws CniError 100, and
   * asks no plugin, for what was added already (SPEC section 2, ADD).
   */
  add(
    list: Conflist,
    attachment: Attachment,
    options?: OperationOptions & { undo?: boolean },
  ): Promise<ResultDocument>;
  /** Throws CniError 1 before 0.4.0 and 105 for what was not added here; does nothing where it is disabled. */
  check(list: Conflist, attachment: Attachment, options?: OperationOptions): Promise<void>;
  /** Deletes, whatever is known; of args and capabilities those of ADD count where none are given. */
  del(list: Conflist, attachment: Attachment, options?: OperationOptions): Promise<void>;
  /**
   * Deletes the attachments of the network that `valid` does not list, then has every plugin collect. An empty
   * list means that nothing is valid. Without a list only what is provably dead is deleted, and no plugin is
   * asked. (libcni deletes all.)
   */
  gc(
    list: Conflist,
    options?: OperationOptions & { valid?: readonly ValidAttachment[] | null },
  ): Promise<GarbageReport>;
  /** Resolves if the plugins could serve an ADD, or if the list is older than STATUS (1.1.0). */
  status(list: Conflist, options?: OperationOptions): Promise<void>;
  /** Asks one plugin for the versions that it speaks. */
  version(type: string, options?: OperationOptions): Promise<PluginVersions>;
  /** Throws unless every plugin is there and speaks the list's version; returns the enabled capabilities. */
  validate(list: Conflist, options?: OperationOptions): Promise<string[]>;
  /** What is kept of one attachment. */
  cached(key: AttachmentKey): Promise<CachedAttachment | undefined>;
  /** What is kept of all attachments, or of those of one container; files that cannot be used are left out. */
  attachments(containerId?: string): Promise<CachedAttachment[]>;
}

export function createRuntime(options: RuntimeOptions): Runtime {
  const cache = createAttachmentCache(options.cacheDirectory ?? '/var/lib/cni');
  const own = createOperationLocks();
  const { lockDirectory } = options;
  const locks = lockDirectory === undefined ? own : betweenProcesses(own, lockDirectory);
  const gone = options.namespaceGone ?? namespaceIsGone;

  const context = ({ signal, timeout = options.timeout }: OperationOptions): OperationContext => ({
    cache,
    execution: { ...options, signal: operationSignal({ signal, timeout }) },
  });
  /** Names are checked for all, since a path in one would lead out of the cache. */
  const alone = async <T>(
    list: Conflist,
    { containerId, ifname }: Attachment,
    given: OperationOptions,
    work: (context: OperationContext) => Promise<T>,
  ): Promise<T> => {
    requireNames(list, { containerId, ifname });
    const own = context(given);
    const { signal } = own.execution;
    return locks.forContainer(containerId, () => work(own), signal).catch(timeoutError(signal));
  };

  return {
    add: (list, attachment, given = {}) =>
      alone(list, attachment, given, (own) =>
        addAttachment(own, list, attachment, {
          undo: given.undo ?? false,
          timeout: given.timeout ?? options.timeout,
        }),
      ),
    check: (list, attachment, given = {}) =>
      alone(list, attachment, given, (own) => checkAttachment(own, list, attachment)),
    del: (list, attachment, given = {}) =>
      alone(list, attachment, given, (own) => deleteAttachment(own, list, attachment)),
    gc: (list, given = {}) => {
      const own = context(given);
      const { signal } = own.execution;
      return locks
        .forAll(() => collectGarbage(own, list, given.valid ?? undefined, gone), signal)
        .catch(timeoutError(signal));
    },
    status: (list, given = {}) => networkStatus(context(given).execution, list),
    version: (type, given = {}) => pluginVersions(type, context(given).execution),
    validate: (list, given = {}) => validateList(context(given).execution, list),
    cached: (key) => {
      requireNames({ name: key.network }, key);
      return cache.read(key);
    },
    attachments: async (containerId) => {
      const { attachments } = await cache.list();
      return attachments.filter((one) => (containerId ?? one.containerId) === one.containerId);
    },
  };
}
