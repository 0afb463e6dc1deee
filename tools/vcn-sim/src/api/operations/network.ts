import { missingParameter } from '../../cloud/api-error.ts';
import { shapes } from '../../cloud/shapes.ts';
import { updateVnic } from '../../cloud/vnics.ts';
import { find } from '../../cloud/world.ts';
import { checkMatch, one } from '../answer.ts';
import type { Operation } from '../call.ts';
import { documents } from '../documents.ts';
import { pageOf } from '../paging.ts';
import { readLabels } from './read-details.ts';

/** VNICs, subnets, VCNs, instances, shapes: what is read, and what of a VNIC can be changed. */
export const network: Operation[] = [
  {
    name: 'GetVnic',
    method: 'GET',
    path: '/vnics/{id}',
    run({ world, id }) {
      const record = find(world.vnics, id, 'vnic');
      return one(record, documents.vnic(world, record));
    },
  },
  {
    name: 'UpdateVnic',
    method: 'PUT',
    path: '/vnics/{id}',
    run({ world, id, body, ifMatch }) {
      const record = find(world.vnics, id, 'vnic');
      checkMatch(record, ifMatch);
      updateVnic(world, record, {
        ...readLabels(body),
        nsgIds: body.texts('nsgIds'),
        skipSourceDestCheck: body.flag('skipSourceDestCheck'),
        hostnameLabel: body.text('hostnameLabel'),
      });
      return one(record, documents.vnic(world, record));
    },
  },
  {
    name: 'GetSubnet',
    method: 'GET',
    path: '/subnets/{id}',
    run({ world, id }) {
      const record = find(world.subnets, id, 'subnet');
      return one(record, documents.subnet(world, record));
    },
  },
  {
    name: 'GetVcn',
    method: 'GET',
    path: '/vcns/{id}',
    run({ world, id }) {
      const record = find(world.vcns, id, 'vcn');
      return one(record, documents.vcn(world, record));
    },
  },
  {
    name: 'GetInstance',
    method: 'GET',
    path: '/instances/{id}',
    run({ world, id }) {
      const record = find(world.instances, id, 'instance');
      return one(record, documents.instance(world, record));
    },
  },
  {
    name: 'ListShapes',
    method: 'GET',
    path: '/shapes',
    run({ query }) {
      if (query.get('compartmentId') === null) throw missingParameter('compartmentId is required.');
      const wanted = query.get('shape');
      const named = shapes.filter(({ name }) => wanted === null || name === wanted);
      const all = named.map((shape) => ({ ...shape, id: shape.name }));
      return pageOf(all, query, documents.shape);
    },
  },
  {
    name: 'ListNetworkSecurityGroupVnics',
    method: 'GET',
    path: '/networkSecurityGroups/{id}/vnics',
    run({ world, id, query }) {
      find(world.security, id, 'network security group');
      const members = [...world.vnics.values()].filter(({ nsgIds }) => nsgIds.includes(id));
      return pageOf(members, query, (vnic) => ({
        vnicId: vnic.id,
        resourceId: vnic.instanceId,
        timeAssociated: new Date(vnic.timeCreated).toISOString(),
      }));
    },
  },
  {
    name: 'GetSubnetCidrUtilization',
    method: 'GET',
    path: '/ipInventory/subnets/{id}/cidrs',
    run({ world, id }) {
      const record = find(world.subnets, id, 'subnet');
      const summary = record.spaces.map((space) => ({
        cidr: space.cidr.text,
        utilization: Number((space.used() * 1_000_000n) / space.usable) / 10_000,
        addressType: space.cidr.family === 'inet' ? 'Private_IPv4' : 'IPv6',
      }));
      return one(record, {
        count: summary.length,
        compartmentId: record.compartmentId,
        lastUpdatedTimestamp: new Date(world.clock.now()).toISOString(),
        ipInventoryCidrUtilizationSummary: summary,
      });
    },
  },
];
