import type { Assignment, Subnet, Vnic, VnicApi } from './model.ts';
import type { Operation, Usage, Wait, Wanted } from './plan-model.ts';

export interface VnicManagerSettings extends Omit<Wanted, 'addresses'> {
  /** Calls under way at once. Default 4; of one VNIC always one. */
  callsAtOnce?: number;
  /** How often everything is read again though nothing happens, in milliseconds. Default 60,000. */
  observeEveryMs?: number;
  /** How often is looked whether something that is coming has come. Default 2,000. */
  pollMs?: number;
  /** For how long a listing may not show what was done just before. Default 30,000. */
  settleMs?: number;
}

/** An address or block as the pool is told of it; a `Block` of @vcn-cni/ipam is one. */
export interface OfferedBlock {
  cidr: string;
  /** OCID. */
  vnic: string;
  /** Nothing new may be leased of it from now on. */
  draining?: boolean;
}

/** What is needed of the pool of addresses. Nothing of it may throw. */
export interface VnicPool {
  /** How many addresses are wanted now: `planPool`. */
  wanted(): Wanted['addresses'];
  /** Of every block offered before, also of draining ones. */
  usage(): readonly Usage[];
  /** All blocks that there are, again whenever they change. Once it returns, nothing new is leased of draining ones. */
  offer(blocks: readonly OfferedBlock[]): void;
}

/**
 * Where one JSON text is kept that survives the process: what was ordered, and what the cloud gave. A text once saved
 * is there whole or not at all. If it is lost, VNICs and addresses are found again by their tags.
 */
export interface VnicRecords {
  load(): string | undefined | Promise<string | undefined>;
  /** Durable, as far as a crash of the process goes, when it resolves. */
  save(text: string): void | Promise<void>;
}

export interface VnicManagerDeps {
  api: VnicApi;
  /** Milliseconds of a clock that never goes back. */
  clock: { now(): number };
  records: VnicRecords;
  pool: VnicPool;
  /** From 0 up to 1; spreads repeats. Default Math.random. */
  random?(): number;
  /** Told of every change that failed. */
  failed?(operation: Operation, error: unknown): void;
}

/** What is known of the cloud. */
export interface CloudState {
  /** `cache`: the API is away, and this is what it said to an earlier process. */
  source: 'none' | 'cache' | 'cloud';
  vnics: readonly Vnic[];
  assignments: readonly Assignment[];
  subnets: readonly Subnet[];
}

export interface Step {
  /** What was planned; what of it failed is in `waits()` from then on. */
  operations: readonly Operation[];
  /** When the next step has something to do though demand stays as it is, in milliseconds. */
  nextInMs: number;
}

/** Keeps the VNICs and addresses of one instance as they are wanted. */
export interface VnicManager {
  /** Reads everything from the cloud. Rejects with the ApiFailure, and then knows what it knew before. */
  observe(): Promise<void>;
  /**
   * Offers what an earlier process was told, if nothing is known yet. For who waits for a first step that takes long:
   * a cloud that is away is given up only after many attempts. A step that fails does it by itself.
   */
  recall(): Promise<void>;
  /**
   * Reads what has to be read, plans, and carries the plan out once; to be called when demand changes and after
   * `nextInMs`. Steps do not overlap. Never rejects for what the API answers: that becomes a wait.
   */
  step(): Promise<Step>;
  /** What is being waited for, and since when. */
  waits(): readonly Wait[];
  state(): CloudState;
  /** Ends calls under way; what they ordered is taken up by the next manager. */
  stop(): void;
}
