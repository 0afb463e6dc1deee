/** A run of netlink operations: names to indexes, one send, refusals back to operations. */
import { constants } from 'node:os';
import type { Acknowledgement } from '../codec/acknowledgement.ts';
import type { LinkPlacement } from '../codec/link.ts';
import { decodeLink, encodeLinkGet } from '../codec/link.ts';
import type { LinkSpec } from '../state.ts';
import type { Connection } from './connection.ts';
import {
  type BatchOperation,
  encodeOperation,
  linksNeeded,
  NoLink,
  type Step,
} from './encode-operation.ts';
import { unsupported } from './errno.ts';
import type { LinkIndexes } from './link-indexes.ts';

const { EBUSY, EEXIST, ENODEV, ESRCH } = constants.errno;

export interface BatchResult {
  /** By position in the batch: the first refusal of each operation. */
  refused: Map<number, Acknowledgement>;
  unsupported: number[];
  created: Map<string, LinkPlacement>;
}

export interface BatchContext {
  connection: Connection;
  indexes: LinkIndexes;
  place(link: LinkSpec, parentIndex: number | undefined): LinkPlacement;
  /** The indexes that were chosen belong to others: choose elsewhere. */
  redraw(): void;
}

const deletes = (operation: BatchOperation): boolean => operation.op.endsWith('.delete');

/** Asks for the indexes that nobody knows yet, in one exchange. */
async function learn(operations: readonly BatchOperation[], context: BatchContext): Promise<void> {
  const made = new Set<string>();
  const unknown = new Set<string>();
  for (const operation of operations) {
    for (const name of linksNeeded(operation)) {
      if (!made.has(name) && context.indexes.get(name) === undefined) unknown.add(name);
    }
    if (operation.op === 'link.create') made.add(operation.link.name);
  }
  if (unknown.size === 0) return;
  const { replies } = await context.connection.exchange([...unknown].map(encodeLinkGet));
  for (const { body } of replies.values()) {
    const { name, index } = decodeLink(body);
    context.indexes.set(name, index);
  }
}

interface Attempt extends BatchResult {
  /** Operations whose answer a link's index, remembered and out of date, would explain. */
  suspects: Set<number>;
}

async function attempt(
  operations: readonly BatchOperation[],
  context: BatchContext,
): Promise<Attempt> {
  const remembered = new Set(
    operations.flatMap(linksNeeded).filter((name) => context.indexes.get(name) !== undefined),
  );
  await learn(operations, context);
  const result: Attempt = {
    refused: new Map(),
    unsupported: [],
    created: new Map(),
    suspects: new Set(),
  };
  const steps = encodeAll(operations, context, result);
  if (steps.length === 0) return result;
  const { refused } = await context.connection.exchange(steps.map(({ request }) => request));
  for (const [at, answer] of refused) {
    const step = steps[at]!;
    judge(step, answer, result);
    const operation = operations[step.at]!;
    const doubtful = answer.errno === ENODEV || (answer.errno === ESRCH && deletes(operation));
    if (doubtful && linksNeeded(operation).some((name) => remembered.has(name))) {
      result.suspects.add(step.at);
    }
  }
  return result;
}

type PlacedStep = Step & { at: number };

function encodeAll(
  operations: readonly BatchOperation[],
  context: BatchContext,
  result: BatchResult,
): PlacedStep[] {
  const made = new Map<string, number>();
  const steps: PlacedStep[] = [];
  const index = (name: string): number | undefined => made.get(name) ?? context.indexes.get(name);
  const placement = (link: LinkSpec): LinkPlacement => {
    const parent = link.parent === undefined ? undefined : index(link.parent);
    if (link.parent !== undefined && parent === undefined) throw new NoLink(link.parent);
    const placed = context.place(link, parent);
    made.set(link.name, placed.index);
    result.created.set(link.name, placed);
    return placed;
  };
  for (const [at, operation] of operations.entries()) {
    try {
      const encoded = encodeOperation(operation, { index, placement }, made);
      steps.push(...encoded.map((step) => ({ ...step, at })));
    } catch (error) {
      if (!(error instanceof NoLink)) throw error;
      if (!deletes(operation)) {
        result.refused.set(at, { errno: ENODEV, message: error.message });
      }
    }
  }
  return steps;
}

function judge(step: PlacedStep, answer: Acknowledgement, result: BatchResult): void {
  if (step.tolerated === unsupported && unsupported.has(answer.errno)) {
    if (!result.unsupported.includes(step.at)) result.unsupported.push(step.at);
    return;
  }
  if (step.tolerated.has(answer.errno) || result.refused.has(step.at)) return;
  result.refused.set(step.at, answer);
}

/** Whether a creation failed because its index, drawn at random, belongs to another link. */
async function indexWasTaken(
  operations: readonly BatchOperation[],
  result: BatchResult,
  { connection }: BatchContext,
): Promise<boolean> {
  for (const [at, { errno }] of result.refused) {
    const operation = operations[at]!;
    if (operation.op !== 'link.create') continue;
    const placed = result.created.get(operation.link.name);
    // The kernel says EBUSY of a taken index of the peer, and EEXIST of one here.
    if (errno === EBUSY) return true;
    if (errno !== EEXIST || !placed) continue;
    const { replies } = await connection.exchange([encodeLinkGet(placed.index)]);
    if (replies.size > 0) return true;
  }
  return false;
}

/** What is worth doing once more, now that the reason for its refusal can be put right. */
async function secondTry(
  operations: readonly BatchOperation[],
  result: Attempt,
  context: BatchContext,
): Promise<number[]> {
  const all = [...new Set([...result.refused.keys(), ...result.suspects])].sort((a, b) => a - b);
  const failedCreation = all.some((at) => operations[at]!.op === 'link.create');
  if (failedCreation) {
    if (!(await indexWasTaken(operations, result, context))) return [];
    context.redraw();
    return all;
  }
  return result.suspects.size > 0 ? all : [];
}

/**
 * Does the operations in their order. What was refused because a remembered index was out of date, or one
 * drawn for a new link was taken, is done once more.
 */
export async function runBatch(
  operations: readonly BatchOperation[],
  context: BatchContext,
): Promise<BatchResult> {
  const result = await attempt(operations, context);
  const again = await secondTry(operations, result, context);
  if (again.length > 0) {
    context.indexes.clear();
    remember(operations, result, context);
    const second = await attempt(
      again.map((at) => operations[at]!),
      context,
    );
    for (const at of again) result.refused.delete(at);
    for (const [at, answer] of second.refused) result.refused.set(again[at]!, answer);
    for (const [name, placed] of second.created) result.created.set(name, placed);
  }
  remember(operations, result, context);
  return result;
}

/** Keeps only the links that were really made, and their indexes. */
function remember(
  operations: readonly BatchOperation[],
  result: BatchResult,
  { indexes }: BatchContext,
): void {
  for (const [at, operation] of operations.entries()) {
    if (operation.op === 'link.create' && result.refused.has(at)) {
      result.created.delete(operation.link.name);
    }
  }
  for (const [name, placed] of result.created) indexes.set(name, placed.index);
}
