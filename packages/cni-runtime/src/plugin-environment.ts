import { formatCniArgs, type Verb } from '@vcn-cni/cni-spec';
import type { Attachment } from './attachment.ts';

export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

/** The runtime's own environment, with every parameter of the call set over it, empty ones too. */
export function pluginEnvironment(
  parent: ProcessEnvironment,
  verb: Verb,
  attachment: Attachment,
  path: readonly string[],
): ProcessEnvironment {
  return {
    ...parent,
    CNI_COMMAND: verb,
    CNI_CONTAINERID: attachment.containerId,
    CNI_NETNS: attachment.netns,
    CNI_IFNAME: attachment.ifname,
    CNI_ARGS: formatCniArgs(attachment.args ?? []),
    CNI_PATH: path.join(':'),
  };
}
