import { z } from 'zod';
import { isNetworkName, isPluginType } from '../names.ts';
import { dnsSchema } from '../result/fields.ts';
import {
  releasedAttachmentsKey,
  validAttachmentsKey,
  validAttachmentsSchema,
} from './valid-attachments.ts';

/** SPEC section 1, `name`. */
export const networkNameSchema = z.string().refine(isNetworkName, {
  error: 'expected letters, digits, "_", "." and "-", the first a letter or digit',
});

/** SPEC section 1, `type`. */
export const pluginTypeSchema = z.string().refine(isPluginType, {
  error: 'expected the name of a plugin, which is a file name and not a path',
});

/** SPEC section 1, `capabilities`. */
export const capabilitiesSchema = z.record(z.string(), z.boolean());

/**
 * What a plugin gets on standard input (SPEC section 2, "Execution configuration"), the fields of every
 * version at once: a field that an older version does not have is not forbidden there. Fields of no version
 * pass. `prevResult` has its own schema for each version. Of `runtimeConfig` only its kind is checked here,
 * since each plugin reads only the capabilities that it declares; see `runtimeConfigSchema`.
 */
export const networkConfigSchema = z.looseObject({
  cniVersion: z.string().nullish(),
  name: networkNameSchema,
  type: pluginTypeSchema,
  prevResult: z.unknown().optional(),
  runtimeConfig: z
    .looseObject({ mac: z.string().nullish(), ips: z.array(z.string()).nullish() })
    .nullish(),
  capabilities: capabilitiesSchema.nullish(),
  args: z.looseObject({}).nullish(),
  dns: dnsSchema.nullish(),
  ipMasq: z.boolean().nullish(),
  ipam: z.looseObject({ type: z.string().nullish() }).nullish(),
  mtu: z.int().min(0).nullish(),
  [validAttachmentsKey]: validAttachmentsSchema.optional(),
  [releasedAttachmentsKey]: validAttachmentsSchema.optional(),
});
