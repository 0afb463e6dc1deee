/** SPEC section 2, GC: the attachments that the runtime still knows of. */
import { z } from 'zod';

export const validAttachmentsKey = 'cni.dev/valid-attachments';
/** What 1.1.0 called the key when it was released; runtimes send both. */
export const releasedAttachmentsKey = 'cni.dev/attachments';

/** Null is what a runtime sends that knows of no list; it is not the empty list. */
export const validAttachmentsSchema = z
  .array(z.looseObject({ containerID: z.string(), ifname: z.string() }))
  .nullable();
