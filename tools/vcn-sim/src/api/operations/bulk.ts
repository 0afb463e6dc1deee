import { missingParameter } from '../../cloud/api-error.ts';
import { startBulk } from '../../cloud/bulk.ts';
import type { Family } from '../../cloud/ip.ts';
import { createIp, deleteIp, detachIp, updateIp } from '../../cloud/ips.ts';
import type { WorkRequestResource } from '../../cloud/work-request.ts';
import { find, type World } from '../../cloud/world.ts';
import type { Call, Operation } from '../call.ts';
import type { Fields } from '../fields.ts';
import type { ApiAnswer } from '../message.ts';
import { findIp } from './addresses.ts';
import { readIpDetails, readIpUpdate } from './read-details.ts';

interface Naming {
  family: Family;
  path: string;
  /** `PrivateIps` as in `BulkCreatePrivateIps`. */
  plural: string;
  /** The name of the list of items, behind the verb. */
  items: string;
  idField: string;
  entityType: string;
}

const privateIps: Naming = {
  family: 'inet',
  path: '/privateIps',
  plural: 'PrivateIps',
  items: 'PrivateIpItem',
  idField: 'privateIpId',
  entityType: 'privateIp',
};

const ipv6s: Naming = {
  family: 'inet6',
  path: '/ipv6',
  plural: 'Ipv6s',
  items: 'Ipv6sItem',
  idField: 'ipv6Id',
  entityType: 'ipv6',
};

/** The asynchronous calls for many addresses: the answer names a work request. */
export const bulk: Operation[] = [privateIps, ipv6s].flatMap((naming) => [
  bulkOperation(naming, 'Create', (world, call, item) => {
    const owner = { vnicId: call.body.text('vnicId'), subnetId: call.body.text('subnetId') };
    const ask = { ...readIpDetails(item, naming.family), ...owner };
    return () => resource(naming, 'CREATED', createIp(world, ask).id);
  }),
  bulkOperation(naming, 'Update', (world, _call, item) => {
    const ask = readIpUpdate(item, naming.family);
    return each(world, naming, item, 'UPDATED', (ip) => updateIp(world, ip, ask));
  }),
  bulkOperation(naming, 'Detach', (world, _call, item) =>
    each(world, naming, item, 'UPDATED', (ip) => detachIp(world, ip)),
  ),
  bulkOperation(naming, 'Delete', (world, _call, item) =>
    each(world, naming, item, 'DELETED', (ip) => deleteIp(world, ip)),
  ),
]);

type ItemReader = (world: World, call: Call, item: Fields) => () => WorkRequestResource;

function bulkOperation(naming: Naming, verb: string, read: ItemReader): Operation {
  const name = `Bulk${verb}${naming.plural}`;
  return {
    name,
    method: 'POST',
    path: `${naming.path}/actions/bulk${verb}${naming.plural}`,
    run(call): ApiAnswer {
      const { world, body } = call;
      const vnicId = body.text('vnicId');
      const subnetId = body.text('subnetId');
      if (vnicId !== undefined) find(world.vnics, vnicId, 'vnic');
      else if (subnetId !== undefined) find(world.subnets, subnetId, 'subnet');
      else throw missingParameter('One of subnetId, vnicId, vlanId must be given.');
      const items = body.objects(`bulk${verb}${naming.items}`);
      if (!items) throw missingParameter(`bulk${verb}${naming.items} is required.`);
      const request = startBulk(
        world,
        name.replaceAll(/(?<=[a-z\d])[A-Z]/g, '_$&').toUpperCase(),
        items.map((item) => read(world, call, item)),
      );
      return { status: 202, headers: { 'opc-work-request-id': request.id } };
    },
  };
}

function each(
  world: World,
  naming: Naming,
  item: Fields,
  actionType: WorkRequestResource['actionType'],
  act: (ip: ReturnType<typeof findIp>) => void,
): () => WorkRequestResource {
  const id = item.need(naming.idField);
  return () => {
    act(findIp(world, naming.family, id));
    return resource(naming, actionType, id);
  };
}

const resource = (
  { path, entityType }: Naming,
  actionType: WorkRequestResource['actionType'],
  identifier: string,
): WorkRequestResource => ({
  actionType,
  entityType,
  identifier,
  entityUri: `/20160918${path}/${identifier}`,
});
