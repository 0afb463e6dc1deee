import {
  type Conflist,
  type PluginConfig,
  type ResultDocument,
  releasedAttachmentsKey,
  validAttachmentsKey,
} from '@vcn-cni/cni-spec';
import type { Attachment } from './attachment.ts';

/** What the runtime adds to a plugin's own configuration. */
export interface InsertedFields {
  /** The result of the plugin before (ADD), or the final one (CHECK, DEL). */
  prevResult?: ResultDocument | undefined;
  capabilities?: Attachment['capabilities'] | undefined;
  /** For GC: every attachment that is to stay. */
  validAttachments?: readonly ValidAttachment[] | undefined;
}

/** An attachment that GC has to leave alone. */
export type ValidAttachment = Pick<Attachment, 'containerId' | 'ifname'>;

/** Keys that only a runtime may set (SPEC section 1, "Plugin configuration objects"). */
const reserved = 'cni.dev/';

/**
 * The execution configuration of one plugin (SPEC section 3, "Deriving execution configuration"): name and
 * version of the list, the values of the capabilities that it declares, the previous result; everything else
 * as it was written, without `capabilities` itself. (libcni leaves `capabilities` in, against the text.)
 */
export function pluginRequest(
  list: Pick<Conflist, 'name' | 'cniVersion'>,
  plugin: PluginConfig,
  inserted: InsertedFields = {},
): Record<string, unknown> {
  const { capabilities: declared, prevResult: _, ...fields } = plugin;
  const request: Record<string, unknown> = {
    ...fields,
    name: list.name,
    cniVersion: list.cniVersion,
  };
  for (const key of Object.keys(request)) if (key.startsWith(reserved)) delete request[key];
  const provided = Object.entries(inserted.capabilities ?? {}).filter(
    ([name, value]) => declared?.[name] === true && value !== undefined,
  );
  if (provided.length > 0) request['runtimeConfig'] = Object.fromEntries(provided);
  if (inserted.validAttachments) {
    const listed = inserted.validAttachments.map(({ containerId, ifname }) => ({
      containerID: containerId,
      ifname,
    }));
    // Plugins built on the released 1.1.0 know only its key.
    request[validAttachmentsKey] = listed;
    request[releasedAttachmentsKey] = listed;
  }
  if (inserted.prevResult) request['prevResult'] = inserted.prevResult;
  return request;
}
