import type { AttachmentCache } from '../cache/attachment-cache.ts';
import type { ListExecution } from '../run-list-plugin.ts';

/** What one operation works with. */
export interface OperationContext {
  cache: AttachmentCache;
  execution: ListExecution;
}
