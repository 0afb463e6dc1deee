import type { AttachmentSettings } from '@vcn-cni/attachment';
import type { HostSettings } from '@vcn-cni/pod-network';
import type { Config } from '../config/schema.ts';

/** The part of the configuration that the datapath is made from. */
export function hostSettings(config: Config): HostSettings {
  const { interfacePrefix, primaryInterface, routeProtocol, mark } = config;
  const { tables, priorities, metadataGuard, snat } = config;
  return {
    interfacePrefix,
    primaryInterface,
    routeProtocol,
    mark,
    tables,
    priorities,
    metadataGuard,
    ...(snat && { snat }),
  };
}

export function attachmentSettings(config: Config): AttachmentSettings {
  return {
    host: hostSettings(config),
    addressWaitMs: config.deadlines.address * 1000,
    status: {
      exhaustedAfterMs: config.status.exhaustedAfter * 1000,
      exhaustion: config.status.exhaustion,
    },
  };
}
