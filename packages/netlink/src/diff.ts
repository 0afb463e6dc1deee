/** From the state that is to the state that is wanted. */
import { changedFields, deletionOf, isAnotherKind, parentsFirst } from './diff-link.ts';
import { entriesOf, type Model, modelOf } from './model.ts';
import { type Ownership, ownsNothing } from './ownership.ts';
import { Refusal } from './refusal.ts';
import type { ActualState, AddressSpec, LinkSpec, Operation, WantedState } from './state.ts';
import { stepModel } from './step.ts';

/** A change may undo what was in place; looking again at what it would leave finds that. */
const ROUNDS = 3;

interface Wanted extends Omit<Model, 'links'> {
  links: readonly LinkSpec[];
}

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Creates and sets links up to everything but `up`, which comes after sysctls and addresses. */
function linkPuts(model: Model, wanted: Wanted, owned: Ownership): Operation[] {
  return wanted.links.flatMap((link): Operation[] => {
    const { up: _, ...down } = link;
    const fact = model.links.get(link.name);
    const create: Operation = { op: 'link.create', link: down };
    if (!fact) return link.kind === undefined ? [{ op: 'link.set', link: down }] : [create];
    // Not ours, and not what is wanted: creating fails by EEXIST, and says so.
    if (isAnotherKind(fact, link)) return owned.link(fact) ? [deletionOf(fact), create] : [create];
    const changed = changedFields(fact, link);
    if (Object.keys(changed).length === 0) return [];
    return [{ op: 'link.set', link: { name: link.name, ...changed } }];
  });
}

function upDowns(up: boolean) {
  return (model: Model, wanted: Wanted): Operation[] =>
    wanted.links.flatMap(({ name, up: wish }): Operation[] => {
      const before = model.links.get(name)?.up ?? false;
      return wish !== up || before === up ? [] : [{ op: 'link.set', link: { name, up } }];
    });
}

/** Whether `put` cannot turn the one into the other: IPv4 ignores all but the address, IPv6 the length. */
function mustBeReplaced(before: AddressSpec, after: AddressSpec): boolean {
  if (!after.address.includes(':')) return !equal(before, after);
  return before.address !== after.address;
}

function addressPuts(model: Model, wanted: Wanted): Operation[] {
  return [...wanted.addresses].flatMap(([key, address]): Operation[] => {
    const before = model.addresses.get(key);
    if (equal(before, address)) return [];
    const put: Operation = { op: 'address.put', address };
    if (!before || !mustBeReplaced(before, address)) return [put];
    return [{ op: 'address.delete', address: before }, put];
  });
}

function entryPuts(model: Model, wanted: Wanted): Operation[] {
  const operations: Operation[] = [];
  for (const [key, neighbour] of wanted.neighbours) {
    if (!equal(model.neighbours.get(key), neighbour)) {
      operations.push({ op: 'neighbour.put', neighbour });
    }
  }
  for (const [key, [route]] of wanted.routes) {
    const there = model.routes.get(key) ?? [];
    if (route && !there.some((one) => equal(one, route)))
      operations.push({ op: 'route.put', route });
  }
  for (const [key, rule] of wanted.rules) {
    if (!model.rules.has(key)) operations.push({ op: 'rule.put', rule });
  }
  return operations;
}

function sysctlSets(model: Model, wanted: Wanted): Operation[] {
  return [...wanted.sysctls].flatMap(([name, sysctl]): Operation[] =>
    model.sysctls.get(name)?.value === sysctl.value ? [] : [{ op: 'sysctl.set', sysctl }],
  );
}

function deletions(model: Model, wanted: Wanted, owned: Ownership): Operation[] {
  const names = new Set(wanted.links.map(({ name }) => name));
  // The peer of a wanted pair is made with it.
  for (const { peer } of wanted.links)
    if (peer && peer.namespace === undefined) names.add(peer.name);
  const links = [...model.links.values()].filter(
    (link) => !names.has(link.name) && owned.link(link),
  );
  const dying = new Set(links.map(({ name }) => name));
  const stays = (link: string | undefined): boolean => link === undefined || !dying.has(link);
  const operations: Operation[] = [];
  for (const [key, rule] of model.rules) {
    if (!wanted.rules.has(key) && owned.rule(rule)) operations.push({ op: 'rule.delete', rule });
  }
  for (const [key, routes] of model.routes) {
    const [keep] = wanted.routes.get(key) ?? [];
    for (const route of routes) {
      // One put replaces another's route of the same key: then there is nothing left to delete.
      const replaced = keep !== undefined && routes.length === 1;
      if (replaced || equal(route, keep) || !stays(route.link) || !owned.route(route)) continue;
      operations.push({ op: 'route.delete', route });
    }
  }
  for (const [key, neighbour] of model.neighbours) {
    const fact = model.links.get(neighbour.link);
    if (wanted.neighbours.has(key) || !stays(neighbour.link)) continue;
    if (owned.neighbour(neighbour, fact)) operations.push({ op: 'neighbour.delete', neighbour });
  }
  for (const [key, address] of model.addresses) {
    const fact = model.links.get(address.link);
    if (wanted.addresses.has(key) || !stays(address.link)) continue;
    if (owned.address(address, fact)) operations.push({ op: 'address.delete', address });
  }
  // The upper link of a stack was made last.
  return [...operations, ...links.reverse().map(deletionOf)];
}

/**
 * Puts before deletions, so that what is used stays in use; dependencies in between. Sysctls and addresses
 * come before up, so that a link never runs without them; down comes first, since it takes addresses along.
 */
const stages = [
  linkPuts,
  upDowns(false),
  sysctlSets,
  addressPuts,
  upDowns(true),
  entryPuts,
  deletions,
];

/**
 * The operations that turn `actual` into `wanted`, in an order in which they can be done. What is not wanted
 * is deleted only where `owned` says so; without it nothing is. Cascades are foreseen, so that one pass is
 * enough unless the state changes meanwhile; at most three are ever needed.
 */
export function diff(
  actual: ActualState,
  wanted: WantedState,
  owned: Ownership = ownsNothing,
): Operation[] {
  const model = modelOf(actual);
  const goal: Wanted = { links: parentsFirst(wanted.links), ...entriesOf(wanted) };
  const operations: Operation[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = operations.length;
    let foreseen = true;
    for (const stage of stages) {
      const more = stage(model, goal, owned);
      operations.push(...more);
      foreseen = foresee(model, more) && foreseen;
    }
    if (operations.length === before || !foreseen) break;
  }
  return operations;
}

/** `false`: the kernel would refuse something, so that there is no telling what would be left. */
function foresee(model: Model, operations: readonly Operation[]): boolean {
  let accepted = true;
  for (const operation of operations) {
    try {
      stepModel(model, operation);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      accepted = false;
    }
  }
  return accepted;
}
