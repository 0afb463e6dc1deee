import type { ApiCallOptions, Caller } from './call.ts';
import { listAll } from './pages.ts';
import type {
  WireAttachVnicDetails,
  WireNsgVnic,
  WireUpdateVnicDetails,
  WireVnic,
  WireVnicAttachment,
} from './wire.ts';

/** VNICs and their attachments. The attachment is in the instance's compartment, the VNIC in the subnet's. */
export interface VnicCalls {
  attachVnic(details: WireAttachVnicDetails, options?: ApiCallOptions): Promise<WireVnicAttachment>;
  getVnicAttachment(id: string, options?: ApiCallOptions): Promise<WireVnicAttachment>;
  listVnicAttachments(
    filter: { compartmentId: string; instanceId?: string; vnicId?: string },
    options?: ApiCallOptions,
  ): Promise<WireVnicAttachment[]>;
  /** Begins it; the VNIC goes with its ephemeral addresses. */
  detachVnic(attachmentId: string, options?: ApiCallOptions & { ifMatch?: string }): Promise<void>;
  getVnic(id: string, options?: ApiCallOptions): Promise<WireVnic>;
  updateVnic(
    id: string,
    details: WireUpdateVnicDetails,
    options?: ApiCallOptions & { ifMatch?: string },
  ): Promise<WireVnic>;
  listNetworkSecurityGroupVnics(nsgId: string, options?: ApiCallOptions): Promise<WireNsgVnic[]>;
}

export function vnicCalls(caller: Caller): VnicCalls {
  const attachments = '/vnicAttachments';
  const attachment = (id: string): string => `${attachments}/${encodeURIComponent(id)}`;
  const vnic = (id: string): string => `/vnics/${encodeURIComponent(id)}`;
  return {
    async attachVnic(body, options) {
      const call = { operation: 'AttachVnic', method: 'POST', path: attachments, body } as const;
      return (await caller(call, options)).body as WireVnicAttachment;
    },
    async getVnicAttachment(id, options) {
      const call = { operation: 'GetVnicAttachment', method: 'GET', path: attachment(id) } as const;
      return (await caller(call, options)).body as WireVnicAttachment;
    },
    listVnicAttachments: (query, options) =>
      listAll(
        caller,
        { operation: 'ListVnicAttachments', method: 'GET', path: attachments, query },
        options,
      ),
    async detachVnic(id, { ifMatch, ...options } = {}) {
      const call = { operation: 'DetachVnic', method: 'DELETE', path: attachment(id) } as const;
      await caller(ifMatch === undefined ? call : { ...call, ifMatch }, options);
    },
    async getVnic(id, options) {
      const call = { operation: 'GetVnic', method: 'GET', path: vnic(id) } as const;
      return (await caller(call, options)).body as WireVnic;
    },
    async updateVnic(id, body, { ifMatch, ...options } = {}) {
      const call = { operation: 'UpdateVnic', method: 'PUT', path: vnic(id), body } as const;
      return (await caller(ifMatch === undefined ? call : { ...call, ifMatch }, options))
        .body as WireVnic;
    },
    listNetworkSecurityGroupVnics: (id, options) =>
      listAll(
        caller,
        {
          operation: 'ListNetworkSecurityGroupVnics',
          method: 'GET',
          path: `/networkSecurityGroups/${encodeURIComponent(id)}/vnics`,
        },
        options,
      ),
  };
}
