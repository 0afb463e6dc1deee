import { z } from 'zod';

/** What a plugin prints when it fails (SPEC section 5, "Error"). */
export interface ErrorDocument {
  cniVersion?: string;
  code: number;
  msg: string;
  details?: string;
  [key: string]: unknown;
}

export const errorDocumentSchema = z.looseObject({
  cniVersion: z.string().nullish(),
  code: z.int().min(0),
  msg: z.string(),
  details: z.string().nullish(),
});
