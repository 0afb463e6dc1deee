import type { ApiCallOptions, Caller } from './call.ts';
import { OciError } from './oci-error.ts';
import { listAll } from './pages.ts';
import type {
  WireCreateIpv6Details,
  WireCreatePrivateIpDetails,
  WireIpv6,
  WireIpv6Item,
  WirePrivateIp,
  WirePrivateIpItem,
  WireUpdateAddressDetails,
} from './wire.ts';

/** Which addresses a list is of; one of the fields is required. */
export interface AddressFilter {
  vnicId?: string;
  subnetId?: string;
  /** With `subnetId`. */
  ipAddress?: string;
}

type Updated = WireUpdateAddressDetails & { id: string };

/**
 * The addresses of one family; primary ones are among those listed. Bulk calls are only begun: they answer the id of
 * the work request that does them.
 */
export interface AddressCalls<Address, Details, Item> {
  create(details: Details, options?: ApiCallOptions): Promise<Address>;
  list(filter: AddressFilter, options?: ApiCallOptions): Promise<Address[]>;
  get(id: string, options?: ApiCallOptions): Promise<Address>;
  update(id: string, details: WireUpdateAddressDetails, options?: ApiCallOptions): Promise<Address>;
  delete(id: string, options?: ApiCallOptions): Promise<void>;
  /** A reserved address has to leave its VNIC before it can be deleted. */
  detach(id: string, options?: ApiCallOptions): Promise<void>;
  bulkCreate(vnicId: string, items: Item[], options?: ApiCallOptions): Promise<string>;
  bulkUpdate(vnicId: string, items: Updated[], options?: ApiCallOptions): Promise<string>;
  bulkDetach(vnicId: string, ids: string[], options?: ApiCallOptions): Promise<string>;
  bulkDelete(vnicId: string, ids: string[], options?: ApiCallOptions): Promise<string>;
}

/** What differs between the families. */
interface Naming {
  /** As in `CreatePrivateIp`. */
  one: string;
  /** As in `ListPrivateIps`. */
  many: string;
  path: string;
  /** As in `privateIpId`. */
  id: string;
  /** As in `bulkCreatePrivateIpItem`, without the verb. */
  item: string;
}

export type PrivateIpCalls = AddressCalls<
  WirePrivateIp,
  WireCreatePrivateIpDetails,
  WirePrivateIpItem
>;
export type Ipv6Calls = AddressCalls<WireIpv6, WireCreateIpv6Details, WireIpv6Item>;

export const privateIpCalls = (caller: Caller): PrivateIpCalls =>
  addressCalls(caller, {
    one: 'PrivateIp',
    many: 'PrivateIps',
    path: '/privateIps',
    id: 'privateIpId',
    item: 'PrivateIpItem',
  });

export const ipv6Calls = (caller: Caller): Ipv6Calls =>
  addressCalls(caller, {
    one: 'Ipv6',
    many: 'Ipv6s',
    path: '/ipv6',
    id: 'ipv6Id',
    item: 'Ipv6sItem',
  });

function addressCalls<Address, Details, Item>(
  caller: Caller,
  { one, many, path, id: idName, item }: Naming,
): AddressCalls<Address, Details, Item> {
  const at = (id: string): string => `${path}/${encodeURIComponent(id)}`;
  const bulk = async (
    verb: 'Create' | 'Update' | 'Detach' | 'Delete',
    vnicId: string,
    items: unknown[],
    options?: ApiCallOptions,
  ): Promise<string> => {
    const operation = `Bulk${verb}${many}`;
    const body = { vnicId, [`bulk${verb}${item}`]: items };
    const action = `${path}/actions/bulk${verb}${many}`;
    const answer = await caller({ operation, method: 'POST', path: action, body }, options);
    if (answer.workRequestId !== undefined) return answer.workRequestId;
    throw new OciError({
      ...{ status: 200, code: 'BadAnswer', operation, retryable: true, inDoubt: true },
      explanation: 'the answer names no work request',
      ...(answer.opcRequestId === undefined ? {} : { opcRequestId: answer.opcRequestId }),
    });
  };
  return {
    create: async (body, options) =>
      (await caller({ operation: `Create${one}`, method: 'POST', path, body }, options))
        .body as Address,
    list: (filter, options) =>
      listAll(
        caller,
        { operation: `List${many}`, method: 'GET', path, query: { ...filter } },
        options,
      ),
    get: async (id, options) =>
      (await caller({ operation: `Get${one}`, method: 'GET', path: at(id) }, options))
        .body as Address,
    update: async (id, body, options) =>
      (await caller({ operation: `Update${one}`, method: 'PUT', path: at(id), body }, options))
        .body as Address,
    delete: async (id, options) => {
      await caller({ operation: `Delete${one}`, method: 'DELETE', path: at(id) }, options);
    },
    detach: async (id, options) => {
      const action = `${at(id)}/actions/detach`;
      await caller({ operation: `Detach${one}`, method: 'POST', path: action }, options);
    },
    bulkCreate: (vnicId, items, options) => bulk('Create', vnicId, items, options),
    bulkUpdate: (vnicId, items, options) =>
      bulk(
        'Update',
        vnicId,
        items.map(({ id, vnicId: _, ...rest }) => ({ [idName]: id, ...rest })),
        options,
      ),
    bulkDetach: (vnicId, ids, options) =>
      bulk(
        'Detach',
        vnicId,
        ids.map((id) => ({ [idName]: id })),
        options,
      ),
    bulkDelete: (vnicId, ids, options) =>
      bulk(
        'Delete',
        vnicId,
        ids.map((id) => ({ [idName]: id })),
        options,
      ),
  };
}
