/** A namespace in memory that behaves as the kernel's: the same operations, by `step`. */
import { constants } from 'node:os';
import type { Change } from '../change.ts';
import { NetlinkError } from '../driver/error.ts';
import { canonicalAddress } from '../inet.ts';
import { type Model, modelOf, stateOf } from '../model.ts';
import type { Applied, ApplyOptions, Namespace, SnapshotScope } from '../namespace.ts';
import { Refusal } from '../refusal.ts';
import type { ActualState, LinkFact, Operation, RouteSpec } from '../state.ts';
import { stepModel } from '../step.ts';
import { addPeerEnd, nextIndex, removeLink } from '../step-link.ts';

export interface FakeNamespace extends Namespace {
  /** Everything that is there. */
  state(): ActualState;
  /** Connection tracking entries, as lists of the addresses in their tuples. */
  readonly conntrack: string[][];
  /** Tells watchers that announcements were lost. */
  overrun(): void;
}

const loopback: LinkFact = {
  name: 'lo',
  index: 1,
  mtu: 65536,
  up: true,
  running: true,
  group: 0,
};

/** `identity` is what two handles on one namespace have in common; each fake is a namespace of its own. */
export function createFakeNamespace(identity: string): FakeNamespace {
  return new MemoryNamespace(identity);
}

class MemoryNamespace implements FakeNamespace {
  readonly identity: string;
  readonly conntrack: string[][] = [];
  readonly #model: Model = modelOf({
    links: [loopback],
    addresses: [],
    routes: [],
    rules: [],
    neighbours: [],
    sysctls: [],
  });
  /** Far ends in other namespaces, by ifindex here: they go together. */
  readonly #farEnds = new Map<number, { namespace: MemoryNamespace; index: number }>();
  readonly #watchers = new Set<(change: Change) => void>();
  #closed = false;

  constructor(identity: string) {
    this.identity = identity;
  }

  state(): ActualState {
    return structuredClone(stateOf(this.#model));
  }

  async apply(operations: readonly Operation[], options: ApplyOptions = {}): Promise<Applied> {
    this.#open();
    const applied: Applied = { created: {}, unsupported: [] };
    for (const [at, operation] of operations.entries()) {
      options.signal?.throwIfAborted();
      try {
        this.#change(() => this.#apply(operation, options.namespaces ?? {}, applied));
      } catch (error) {
        throw error instanceof Refusal ? refused(error, operation, at) : error;
      }
    }
    return applied;
  }

  async snapshot(scope: SnapshotScope = {}): Promise<ActualState> {
    this.#open();
    return inScope(this.state(), scope);
  }

  async deleteLinks(
    links: readonly { index: number; alias: string }[],
  ): Promise<('deleted' | 'absent' | 'foreign')[]> {
    this.#open();
    return links.map(({ index, alias }) => {
      const fact = this.#linkAt(index);
      if (!fact) return 'absent';
      if (fact.alias !== alias) return 'foreign';
      this.#change(() => this.#remove(fact));
      return 'deleted';
    });
  }

  async flushConntrack(addresses: readonly string[]): Promise<number> {
    const wanted = new Set(addresses.map(canonicalAddress));
    const kept = this.conntrack.filter((entry) => !entry.some((address) => wanted.has(address)));
    const flushed = this.conntrack.length - kept.length;
    this.conntrack.splice(0, this.conntrack.length, ...kept);
    return flushed;
  }

  watch(listener: (change: Change) => void): Disposable {
    this.#open();
    this.#watchers.add(listener);
    return { [Symbol.dispose]: () => void this.#watchers.delete(listener) };
  }

  overrun(): void {
    for (const listener of this.#watchers) listener({ kind: 'overrun' });
  }

  close(): void {
    this.#closed = true;
    this.#watchers.clear();
  }

  #open(): void {
    if (this.#closed) throw new Error('the namespace handle is closed');
  }

  #linkAt(index: number): LinkFact | undefined {
    return [...this.#model.links.values()].find((link) => link.index === index);
  }

  #apply(operation: Operation, namespaces: Record<string, Namespace>, applied: Applied): void {
    if (operation.op === 'link.create') {
      this.#create(operation, namespaces, applied);
      return;
    }
    const before = [...this.#model.links.values()];
    stepModel(this.#model, operation);
    for (const { name, index } of before) {
      if (!this.#model.links.has(name)) this.#removeFarEnd(index);
    }
  }

  #create(
    operation: Extract<Operation, { op: 'link.create' }>,
    namespaces: Record<string, Namespace>,
    applied: Applied,
  ): void {
    const { name, peer } = operation.link;
    const other = peer?.namespace === undefined ? undefined : namespaces[peer.namespace];
    if (peer?.namespace !== undefined && !(other instanceof MemoryNamespace)) {
      throw new TypeError(
        `link.peer.namespace: "${peer.namespace}" is not among the namespaces given to apply`,
      );
    }
    if (peer && other instanceof MemoryNamespace && other.#model.links.has(peer.name)) {
      throw new Refusal('EEXIST', `a link "${peer.name}" exists`);
    }
    stepModel(this.#model, operation);
    const made = this.#model.links.get(name)!;
    if (peer && other instanceof MemoryNamespace) this.#pair(made, peer, other);
    const peerIndex = peer ? this.#model.links.get(name)?.peerIndex : undefined;
    applied.created[name] = { index: made.index, ...(peerIndex ? { peerIndex } : {}) };
  }

  #pair(made: LinkFact, peer: Parameters<typeof addPeerEnd>[1], other: MemoryNamespace): void {
    const index = nextIndex(other.#model);
    other.#change(() =>
      addPeerEnd(other.#model, peer, { index, peerIndex: made.index, peerNamespaceId: 0 }),
    );
    this.#model.links.set(made.name, { ...made, peerIndex: index });
    this.#farEnds.set(made.index, { namespace: other, index });
    other.#farEnds.set(index, { namespace: this, index: made.index });
  }

  #remove(link: LinkFact): void {
    removeLink(this.#model, link.name);
    this.#removeFarEnd(link.index);
  }

  #removeFarEnd(index: number): void {
    const far = this.#farEnds.get(index);
    if (!far) return;
    this.#farEnds.delete(index);
    far.namespace.#farEnds.delete(far.index);
    const link = far.namespace.#linkAt(far.index);
    if (link) far.namespace.#change(() => removeLink(far.namespace.#model, link.name));
  }

  /** Announces what a change left different, as the kernel does. */
  #change(change: () => void): void {
    const before = this.#watchers.size > 0 ? this.state() : undefined;
    change();
    if (!before) return;
    for (const announcement of announcements(before, this.state())) {
      for (const listener of this.#watchers) listener(announcement);
    }
  }
}

function refused(error: Refusal, operation: Operation, index: number): NetlinkError {
  const errno = constants.errno[error.code];
  return new NetlinkError({ errno, operation, index, done: index, kernelMessage: error.message });
}

function inScope(state: ActualState, scope: SnapshotScope): ActualState {
  const asked = scope.links;
  const links = state.links.filter(
    ({ name, index }) => !asked || asked.includes(name) || asked.includes(index),
  );
  const names = new Set(links.map(({ name }) => name));
  const sysctls = scope.sysctls ?? [];
  const routeInScope = ({ link, table }: RouteSpec): boolean =>
    (!asked || (link !== undefined && names.has(link))) &&
    (!scope.tables || scope.tables.includes(table ?? 254));
  return {
    links,
    addresses: state.addresses.filter(({ link }) => names.has(link)),
    routes: state.routes.filter(routeInScope),
    rules: state.rules.filter(
      ({ protocol }) => scope.ruleProtocol === undefined || scope.ruleProtocol === protocol,
    ),
    neighbours: state.neighbours.filter(({ link }) => names.has(link)),
    sysctls: state.sysctls.filter(({ name }) => sysctls.includes(name)),
  };
}

/** Items of `a` that `b` does not have just so. */
function without<T>(a: readonly T[], b: readonly T[]): T[] {
  const there = new Set(b.map((item) => JSON.stringify(item)));
  return a.filter((item) => !there.has(JSON.stringify(item)));
}

function announcements(before: ActualState, after: ActualState): Change[] {
  const indexes = new Map(
    [...before.links, ...after.links].map(({ name, index }) => [name, index]),
  );
  const at = (link: string): { linkIndex: number } => ({ linkIndex: indexes.get(link) ?? 0 });
  const still = new Set(after.links.map(({ index }) => index));
  const changes = (event: 'new' | 'gone', a: ActualState, b: ActualState): Change[] => [
    ...without(a.links, b.links)
      .filter(({ index }) => event === 'new' || !still.has(index))
      .map((link): Change => ({ kind: 'link', event, link })),
    ...without(a.addresses, b.addresses).map(
      (address): Change => ({ kind: 'address', event, ...at(address.link), address }),
    ),
    ...without(a.routes, b.routes).map((route): Change => {
      if (route.link === undefined) return { kind: 'route', event, route };
      return { kind: 'route', event, route, ...at(route.link) };
    }),
    ...without(a.rules, b.rules).map((rule): Change => ({ kind: 'rule', event, rule })),
    ...without(a.neighbours, b.neighbours).map((neighbour): Change => {
      return { kind: 'neighbour', event, ...at(neighbour.link), neighbour, permanent: true };
    }),
  ];
  return [...changes('gone', before, after), ...changes('new', after, before)];
}
