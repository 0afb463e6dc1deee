import type { Invocation, Result } from '@vcn-cni/cni-spec';
import type { Change } from '@vcn-cni/netlink';
import { add } from './add.ts';
import { check } from './check.ts';
import { concerns } from './concerns.ts';
import type { HandlerContext } from './context.ts';
import { del } from './del.ts';
import type { AttachmentDeps, AttachmentSettings, Scene } from './deps.ts';
import { toCniError } from './driver-fault.ts';
import { podLinkChanged } from './follow-mac.ts';
import { gc } from './gc.ts';
import { joinNext } from './join-next.ts';
import { createLocks } from './locks.ts';
import {
  plannedChanges,
  type ReconcileOptions,
  type ReconcileReport,
  reconcile,
} from './reconcile.ts';
import type { AttachmentRecord } from './record.ts';
import { type RecoveryReport, recover } from './recover.ts';
import { createRegistry } from './registry.ts';
import { repairShared } from './repair-shared.ts';
import { status } from './status.ts';

/** The verbs of a CNI plugin and what a daemon does between them. */
export interface Attachments {
  add(invocation: Invocation, context: HandlerContext): Promise<Result>;
  del(invocation: Invocation, context: HandlerContext): Promise<void>;
  check(invocation: Invocation, context: HandlerContext): Promise<void>;
  gc(invocation: Invocation, context: HandlerContext): Promise<void>;
  status(invocation: Invocation, context: HandlerContext): Promise<void>;
  /** Once, before the first verb: crashes are undone, lost records rebuilt. */
  recover(): Promise<RecoveryReport>;
  /** Kernel state is made as planned again; at start, after changes that the kernel announced, and now and then. */
  reconcile(options?: ReconcileOptions): Promise<ReconcileReport>;
  /** What `reconcile` would do. */
  changes(): Promise<ReconcileReport>;
  /** To be told of links in other namespaces whose peer is on the host: a pod's MAC may have changed. */
  podLinkChanged(link: { peerIndex?: number; mac?: string }): Promise<void>;
  /** Whether an announcement of the kernel tells that others changed something of an attachment. */
  concerns(change: Change): boolean;
  list(): AttachmentRecord[];
}

/** Settings first, then what the composition root supplies. */
export const createAttachments =
  (settings: AttachmentSettings) =>
  (deps: AttachmentDeps): Attachments => {
    const scene: Scene = {
      ...deps,
      settings,
      registry: createRegistry(deps),
      locks: createLocks(),
      health: { started: false, degraded: undefined },
      repairShared: joinNext(() => repairShared(scene)),
    };
    return {
      add: (invocation, context) => told(add(scene, invocation, context)),
      del: (invocation, context) => told(del(scene, invocation, context)),
      check: (invocation, context) => told(check(scene, invocation, context)),
      gc: (invocation) => told(gc(scene, invocation)),
      status: (invocation) => status(scene, invocation),
      recover: () => recover(scene),
      reconcile: (options) => reconcile(scene, options),
      changes: () => plannedChanges(scene),
      podLinkChanged: (link) => podLinkChanged(scene, link),
      concerns: (change) => concerns(scene, change),
      list: () => scene.registry.all(),
    };
  };

/** What went wrong in a driver, in the words and codes of CNI. */
async function told<T>(verb: Promise<T>): Promise<T> {
  try {
    return await verb;
  } catch (error) {
    throw toCniError(error);
  }
}
