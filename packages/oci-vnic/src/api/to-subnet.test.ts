import { expect, test } from 'vitest';
import { toSubnet } from './to-subnet.ts';

const wire = { id: 's', compartmentId: 'c', vcnId: 'v', lifecycleState: 'AVAILABLE' };

test('CIDRs of both families, the first of each first', () => {
  const cidrs = { ipv4CidrBlocks: ['10.0.0.0/24', '10.0.8.0/22'], ipv6CidrBlocks: ['fd00::/64'] };
  const routers = { virtualRouterIp: '10.0.0.1', ipv6VirtualRouterIp: 'fe80::1' };
  expect(toSubnet({ ...wire, ...cidrs, ...routers, cidrBlock: '10.0.0.0/24' }, undefined)).toEqual({
    ...{ id: 's', cidrs: ['10.0.0.0/24', '10.0.8.0/22', 'fd00::/64'], lifecycle: 'available' },
    virtualRouter: { inet: '10.0.0.1', inet6: 'fe80::1' },
  });
});

test('old subnets have one CIDR, IPv6-only ones none of IPv4', () => {
  expect(toSubnet({ ...wire, cidrBlock: '10.0.0.0/24' }, undefined).cidrs).toEqual(['10.0.0.0/24']);
  const only = { cidrBlock: '', ipv6CidrBlock: 'fd00::/64' };
  expect(toSubnet({ ...wire, ...only }, undefined).cidrs).toEqual(['fd00::/64']);
});

test('an unknown state is waited out', () => {
  expect(toSubnet({ ...wire, lifecycleState: 'UPDATING' }, undefined).lifecycle).toBe('updating');
  expect(toSubnet({ ...wire, lifecycleState: 'NEW' }, undefined).lifecycle).toBe('updating');
});

test('free addresses are those of IPv4', () => {
  const usage = [
    { cidr: '10.0.0.0/24', utilization: 75 },
    { cidr: '10.0.8.0/24', utilization: 100 },
    { cidr: 'fd00::/64', utilization: 0 },
  ];
  expect(toSubnet(wire, usage).freeAddresses).toBe(64);
  expect(toSubnet(wire, [])).not.toHaveProperty('freeAddresses');
});
