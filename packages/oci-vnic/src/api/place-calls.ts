import type { ApiCallOptions, Caller } from './call.ts';
import { listAll } from './pages.ts';
import type {
  WireCidrUtilization,
  WireInstance,
  WireShape,
  WireSubnet,
  WireVcn,
  WireWorkRequest,
  WireWorkRequestError,
} from './wire.ts';

/** What VNICs are attached to and live in, and the work requests of bulk calls. */
export interface PlaceCalls {
  getInstance(id: string, options?: ApiCallOptions): Promise<WireInstance>;
  listShapes(
    filter: { compartmentId: string; availabilityDomain?: string },
    options?: ApiCallOptions,
  ): Promise<WireShape[]>;
  getSubnet(id: string, options?: ApiCallOptions): Promise<WireSubnet>;
  getVcn(id: string, options?: ApiCallOptions): Promise<WireVcn>;
  /** How full each CIDR of a subnet is; the service updates it now and then, not at each change. */
  getSubnetCidrUtilization(
    subnetId: string,
    options?: ApiCallOptions,
  ): Promise<WireCidrUtilization[]>;
  getWorkRequest(id: string, options?: ApiCallOptions): Promise<WireWorkRequest>;
  listWorkRequestErrors(id: string, options?: ApiCallOptions): Promise<WireWorkRequestError[]>;
  listWorkRequestLogs(id: string, options?: ApiCallOptions): Promise<{ message: string }[]>;
}

export function placeCalls(caller: Caller): PlaceCalls {
  const get = async <T>(operation: string, path: string, options?: ApiCallOptions): Promise<T> =>
    (await caller({ operation, method: 'GET', path }, options)).body as T;
  const list = <T>(operation: string, path: string, options?: ApiCallOptions): Promise<T[]> =>
    listAll(caller, { operation, method: 'GET', path }, options);
  const id = encodeURIComponent;
  return {
    getInstance: (instance, options) => get('GetInstance', `/instances/${id(instance)}`, options),
    listShapes: (query, options) =>
      listAll(caller, { operation: 'ListShapes', method: 'GET', path: '/shapes', query }, options),
    getSubnet: (subnet, options) => get('GetSubnet', `/subnets/${id(subnet)}`, options),
    getVcn: (vcn, options) => get('GetVcn', `/vcns/${id(vcn)}`, options),
    async getSubnetCidrUtilization(subnet, options) {
      const path = `/ipInventory/subnets/${id(subnet)}/cidrs`;
      const found = await get<{ ipInventoryCidrUtilizationSummary?: WireCidrUtilization[] }>(
        'GetSubnetCidrUtilization',
        path,
        options,
      );
      return found.ipInventoryCidrUtilizationSummary ?? [];
    },
    getWorkRequest: (work, options) => get('GetWorkRequest', `/workRequests/${id(work)}`, options),
    listWorkRequestErrors: (work, options) =>
      list('ListWorkRequestErrors', `/workRequests/${id(work)}/errors`, options),
    listWorkRequestLogs: (work, options) =>
      list('ListWorkRequestLogs', `/workRequests/${id(work)}/logs`, options),
  };
}
