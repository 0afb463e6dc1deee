import { z } from 'zod';
import type { Assignment, Subnet, Vnic } from './model.ts';
import type { Change, PendingChange } from './plan-model.ts';

/** A change that was ordered, whole, so that it can be repeated as the same request. */
export interface OrderedChange extends PendingChange {
  change: Extract<Change, { op: 'attach' | 'assign' | 'assign-many' }>;
}

/** The one document that outlives the process. */
export interface RecordDocument {
  version: 1;
  /** Believed for this instance only. */
  instanceId: string;
  /** With `sequence` the source of retry tokens; drawn when the document is made. */
  series: string;
  /** Of the last change ordered. */
  sequence: number;
  ordered: OrderedChange[];
  /** OCIDs of what was told to go. */
  leaving: string[];
  /**
   * OCIDs of what was in the cloud when these records were begun, and until when some of it may be on its way out: a
   * process before, whose records are lost, may have told it to go. By the clock of the manager, in milliseconds.
   */
  doubt?: { ids: string[]; until: number };
  /** What the cloud said. */
  cloud?: { vnics: Vnic[]; assignments: Assignment[]; subnets: Subnet[] };
}

const outline = z.looseObject({
  version: z.literal(1),
  instanceId: z.string(),
  series: z.string().regex(/^[0-9a-z]{1,32}$/),
  sequence: z.int().min(0),
  ordered: z.array(z.looseObject({ token: z.string(), change: z.looseObject({ op: z.string() }) })),
  leaving: z.array(z.string()),
  doubt: z.looseObject({ ids: z.array(z.string()), until: z.number() }).optional(),
  cloud: z
    .looseObject({
      vnics: z.array(
        z.looseObject({ attachmentId: z.string(), tags: z.record(z.string(), z.string()) }),
      ),
      assignments: z.array(z.looseObject({ id: z.string(), cidr: z.string(), vnicId: z.string() })),
      subnets: z.array(z.looseObject({ id: z.string() })),
    })
    .optional(),
});

/**
 * The document of an instance. One that is missing, is of another instance (an image of a disk of it), or cannot be
 * read gives a new one: nothing is lost by that, since what is in the cloud bears tags.
 */
export function readRecords(
  text: string | undefined,
  instanceId: string,
  series: string,
): { document: RecordDocument; found: boolean } {
  const found = text === undefined ? undefined : outline.safeParse(parse(text)).data;
  if (found?.instanceId === instanceId)
    return { document: found as unknown as RecordDocument, found: true };
  const document: RecordDocument = {
    ...{ version: 1, instanceId, series, sequence: 0, ordered: [], leaving: [] },
  };
  return { document, found: false };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
