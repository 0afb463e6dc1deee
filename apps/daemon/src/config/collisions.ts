/** Numbers and names that would collide with the kernel's, with a known program's or with each other. */
import type { Config } from './schema.ts';
import {
  marksInUse,
  prefixesInUse,
  prioritiesInUse,
  routeProtocolsInUse,
  tablesInUse,
} from './settings-in-use.ts';

export interface Collision {
  path: string;
  value: unknown;
  problem: string;
}

/** How many routing tables may follow `tables.vnicBase`: more VNICs than any shape has. */
const vnicTables = 256;

export function findCollisions(config: Config): Collision[] {
  return [
    ...mark(config),
    ...tables(config),
    ...priorities(config),
    ...protocol(config),
    ...prefix(config),
  ];
}

const hex = (value: number) => `0x${value.toString(16)}`;

function mark({ mark }: Config): Collision[] {
  const at = (problem: string) => ({ path: 'mark', value: hex(mark), problem });
  if (mark === 0 || (mark & (mark - 1)) !== 0)
    return [at('is not exactly one bit; choose one, for example 0x80')];
  return marksInUse
    .filter(({ mask }) => (mark & mask) >>> 0 !== 0)
    .map(({ user, mask }) => at(`is used by ${user} (${hex(mask)}); choose another bit`));
}

function tables({ tables }: Config): Collision[] {
  const entries = Object.entries(tables);
  const found = entries.flatMap(([key, value]) =>
    tablesInUse
      .filter(({ first, last }) => value <= last && value + spanOf(key) > first)
      .map(({ user, first, last }) => ({
        path: `tables.${key}`,
        value,
        problem: `meets ${first === last ? first : `${first}-${last}`}, used by ${user}; choose another`,
      })),
  );
  for (const [key, value] of entries)
    for (const [other, otherValue] of entries)
      if (key < other && value < otherValue + spanOf(other) && otherValue < value + spanOf(key))
        found.push({
          path: `tables.${key}`,
          value,
          problem: `overlaps with tables.${other} (${otherValue}); choose another`,
        });
  return found;
}

const spanOf = (key: string) => (key === 'vnicBase' ? vnicTables : 1);

function priorities({ priorities }: Config): Collision[] {
  const order = ['pods', 'guard', 'mark', 'main', 'source'] as const;
  const found = order.flatMap((key) =>
    prioritiesInUse
      .filter(({ first, last }) => priorities[key] >= first && priorities[key] <= last)
      .map(({ user }) => ({
        path: `priorities.${key}`,
        value: priorities[key],
        problem: `is used by ${user}; choose another`,
      })),
  );
  order.slice(1).forEach((key, i) => {
    const before = order[i]!;
    if (priorities[before] >= priorities[key])
      found.push({
        path: `priorities.${key}`,
        value: priorities[key],
        problem: `is not above priorities.${before} (${priorities[before]}); the order must be ${order.join(' < ')}`,
      });
  });
  if (priorities.source >= 32766)
    found.push({
      path: 'priorities.source',
      value: priorities.source,
      problem: 'is not below 32766, the rule of the main table; choose a lower one',
    });
  return found;
}

function protocol({ routeProtocol }: Config): Collision[] {
  const user = routeProtocolsInUse.get(routeProtocol);
  return user
    ? [
        {
          path: 'routeProtocol',
          value: routeProtocol,
          problem: `is used by ${user}; choose another`,
        },
      ]
    : [];
}

function prefix({ interfacePrefix }: Config): Collision[] {
  const user = [...prefixesInUse].find(
    ([used]) => used.startsWith(interfacePrefix) || interfacePrefix.startsWith(used),
  );
  return user
    ? [
        {
          path: 'interfacePrefix',
          value: interfacePrefix,
          problem: `meets "${user[0]}", used by ${user[1]}; choose another`,
        },
      ]
    : [];
}
