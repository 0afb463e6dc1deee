import { z } from 'zod';
import {
  capabilitiesSchema,
  networkNameSchema,
  pluginTypeSchema,
} from '../network-config/schema.ts';
import { isVersionText } from '../version.ts';

const version = z.string().refine(isVersionText, { error: 'expected a version, such as 1.1.0' });

/** The specification says boolean; runtimes have always taken the words too. */
const flag = z.union([z.boolean(), z.string().regex(/^(true|false)$/i)], {
  error: 'expected true or false',
});

export const pluginConfigSchema = z.looseObject({
  type: pluginTypeSchema,
  capabilities: capabilitiesSchema.nullish(),
});

export const conflistSchema = z.looseObject({
  cniVersion: version.nullish(),
  cniVersions: z.array(version).nullish(),
  name: networkNameSchema,
  disableCheck: flag.nullish(),
  disableGC: flag.nullish(),
  loadOnlyInlinedPlugins: flag.nullish(),
  plugins: z.array(pluginConfigSchema).nullish(),
});
