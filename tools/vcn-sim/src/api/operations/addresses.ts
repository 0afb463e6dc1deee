import { invalidParameter, notFound } from '../../cloud/api-error.ts';
import type { Family } from '../../cloud/ip.ts';
import { createIp, deleteIp, detachIp, updateIp } from '../../cloud/ips.ts';
import type { IpRecord } from '../../cloud/records.ts';
import { find, type World } from '../../cloud/world.ts';
import { checkMatch, empty, one } from '../answer.ts';
import type { Call, Operation } from '../call.ts';
import { documents } from '../documents.ts';
import type { ApiAnswer } from '../message.ts';
import { pageOf } from '../paging.ts';
import { readIpDetails, readIpUpdate } from './read-details.ts';

/** Private IPs and IPv6s have the same calls under other names. */
export const addresses: Operation[] = [
  ...operationsOf('inet', 'PrivateIp', '/privateIps'),
  ...operationsOf('inet6', 'Ipv6', '/ipv6'),
];

function operationsOf(family: Family, noun: string, path: string): Operation[] {
  const write = family === 'inet' ? documents.privateIp : documents.ipv6;
  const item = `${path}/{id}`;
  const found = ({ world, id }: Call) => findIp(world, family, id);
  const answer = (world: World, ip: IpRecord): ApiAnswer => one(ip, write(world, ip));
  return [
    {
      name: `Create${noun}`,
      method: 'POST',
      path,
      run: ({ world, body }) => answer(world, createIp(world, readIpDetails(body, family))),
    },
    {
      name: `List${noun}s`,
      method: 'GET',
      path,
      run: ({ world, query }) =>
        pageOf(select(world, family, query), query, (ip) => write(world, ip)),
    },
    {
      name: `Get${noun}`,
      method: 'GET',
      path: item,
      run: (call) => answer(call.world, found(call)),
    },
    {
      name: `Update${noun}`,
      method: 'PUT',
      path: item,
      run(call) {
        const ip = found(call);
        checkMatch(ip, call.ifMatch);
        updateIp(call.world, ip, readIpUpdate(call.body, family));
        return answer(call.world, ip);
      },
    },
    {
      name: `Delete${noun}`,
      method: 'DELETE',
      path: item,
      run(call) {
        const ip = found(call);
        checkMatch(ip, call.ifMatch);
        deleteIp(call.world, ip);
        return empty;
      },
    },
    {
      name: family === 'inet' ? 'PrivateIpVnicDetach' : 'Ipv6VnicDetach',
      method: 'POST',
      path: `${item}/actions/detach`,
      run(call) {
        const ip = found(call);
        detachIp(call.world, ip);
        return answer(call.world, ip);
      },
    },
  ];
}

/** The address of a family, or 404. */
export function findIp(world: World, family: Family, id: string): IpRecord {
  const ip = find(world.ips, id, 'address');
  if (ip.cidr.family !== family) throw notFound(`address ${id}`);
  return ip;
}

function select(world: World, family: Family, query: URLSearchParams): IpRecord[] {
  const vnicId = query.get('vnicId');
  const subnetId = query.get('subnetId');
  const ipAddress = query.get('ipAddress');
  if (vnicId === null && subnetId === null) {
    throw invalidParameter('One of vnicId, subnetId, or ipAddress with subnetId must be given.');
  }
  if (vnicId !== null) find(world.vnics, vnicId, 'vnic');
  if (subnetId !== null) find(world.subnets, subnetId, 'subnet');
  const state = query.get('ipState');
  const lifetime = query.get('lifetime');
  return [...world.ips.values()].filter(
    (ip) =>
      ip.cidr.family === family &&
      (vnicId === null || ip.vnicId === vnicId) &&
      (subnetId === null || ip.subnetId === subnetId) &&
      (ipAddress === null || ip.cidr.text.split('/')[0] === ipAddress) &&
      (state === null || (ip.vnicId === undefined) === (state === 'AVAILABLE')) &&
      (lifetime === null || ip.lifetime === lifetime),
  );
}
