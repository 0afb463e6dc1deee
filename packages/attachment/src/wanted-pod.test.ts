import { emptyState, type RouteSpec } from '@vcn-cni/netlink';
import { expect, test } from 'vitest';
import { missingRoutes } from './wanted-pod.ts';

const family = 'inet';
const link: RouteSpec = { family, destination: '169.254.1.1/32', link: 'eth0', scope: 'link' };
const byDefault: RouteSpec = {
  family,
  destination: '0.0.0.0/0',
  link: 'eth0',
  gateway: '169.254.1.1',
};
const plan = { pod: { ...emptyState(), links: [], routes: [link, byDefault] } };
const result = {
  cniVersion: '1.1.0',
  routes: [{ dst: '169.254.1.1/32' }, { dst: '0.0.0.0/0', gw: '169.254.1.1' }],
};

const missing = (routes: readonly RouteSpec[], listed = result) =>
  missingRoutes(listed, plan, { ...emptyState(), routes: [...routes] }).map(({ dst }) => dst);

test('what is listed is there, in whatever table a later plugin put it', () => {
  expect(missing([link, byDefault])).toEqual([]);
  expect(missing([link, byDefault].map((route) => ({ ...route, table: 100 })))).toEqual([]);
  expect(missing([byDefault])).toEqual(['169.254.1.1/32']);
});

test('a planned route that goes by another link or gateway is missing', () => {
  expect(missing([{ ...link, link: 'net1' }, byDefault])).toEqual(['169.254.1.1/32']);
  expect(missing([{ ...link, gateway: '10.0.0.9' }, byDefault])).toEqual(['169.254.1.1/32']);
  expect(missing([link, { ...byDefault, link: 'net1' }])).toEqual(['0.0.0.0/0']);
  expect(missing([link, { ...byDefault, gateway: '10.0.0.9' }])).toEqual(['0.0.0.0/0']);
});

test('a route that a later plugin listed may lead anywhere', () => {
  const added = { ...result, routes: [{ dst: '10.9.0.0/16' }] };
  expect(
    missing([{ family, destination: '10.9.0.0/16', link: 'net1', gateway: '10.0.0.9' }], added),
  ).toEqual([]);
});
