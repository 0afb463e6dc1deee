import type { Conflist, PluginConfig, ResultDocument } from '@vcn-cni/cni-spec';
import type { Attachment } from './attachment.ts';

/**
 * The execution configuration of one plugin (SPEC section 3, "Deriving execution configuration"): name and
 * version of the list, the values of the capabilities that it declares, the previous result; everything else
 * as it was written, without `capabilities` itself.
 */
export function pluginRequest(
  list: Pick<Conflist, 'name' | 'cniVersion'>,
  plugin: PluginConfig,
  inserted: {
    prevResult?: ResultDocument | undefined;
    capabilities?: Attachment['capabilities'] | undefined;
  } = {},
): Record<string, unknown> {
  const { capabilities: declared, prevResult: _, ...fields } = plugin;
  const request: Record<string, unknown> = {
    ...fields,
    name: list.name,
    cniVersion: list.cniVersion,
  };
  const provided = Object.entries(inserted.capabilities ?? {}).filter(
    ([name, value]) => declared?.[name] === true && value !== undefined,
  );
  if (provided.length > 0) request['runtimeConfig'] = Object.fromEntries(provided);
  if (inserted.prevResult) request['prevResult'] = inserted.prevResult;
  return request;
}
