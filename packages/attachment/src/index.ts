/**
 * ADD, DEL, CHECK, GC and STATUS of a pod's attachment over ports, and what keeps attachments whole between
 * the verbs: recovery after a crash, reconciling with the kernel.
 * @packageDocumentation
 */
// For users.

export { type Attachments, createAttachments } from './attachments.ts';

// For implementers.

export type { HandlerContext } from './context.ts';
export type { AttachmentDeps, AttachmentSettings } from './deps.ts';
export type {
  AddressSource,
  Clock,
  Filter,
  HostNamespace,
  Kernel,
  Log,
  Namespace,
  Pool,
  Store,
} from './ports.ts';
export type { ReconcileOptions, ReconcileReport } from './reconcile.ts';
export type { AttachmentDetail, AttachmentRecord } from './record.ts';
export type { RecoveryReport } from './recover.ts';
