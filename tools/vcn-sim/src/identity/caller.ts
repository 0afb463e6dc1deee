import type { KeyObject } from 'node:crypto';

/** Whose requests are signed with a key. */
export interface Caller {
  /** A user's key id, or the OCID of an instance. */
  id: string;
  key: KeyObject;
}
