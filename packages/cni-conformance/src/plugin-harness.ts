import type { CniVersion, Verb } from '@vcn-cni/cni-spec';
import type { Role } from './case.ts';
import type { Delegate, DelegateScript } from './delegate.ts';
import type { JsonObject } from './evidence.ts';
import type { Hints } from './hints.ts';
import type { State } from './state/state.ts';

/** A container as a runtime makes it: a namespace at a path, and an id. */
export interface Container {
  /** Of the namespace too: `/run/netns/NAME`. */
  readonly name: string;
  readonly id: string;
  /** CNI_NETNS. */
  readonly netns: string;
  readonly ifname: string;
  /** For a chained plugin: the result of what came before it, made by hand. */
  readonly prevResult?: JsonObject;
}

export interface CallChange {
  /** Over the variables of the call; `undefined` unsets one. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** Over the network configuration; `undefined` leaves a key out. */
  config?: Readonly<JsonObject>;
  /** Verbatim, in place of the configuration. */
  stdin?: string | Uint8Array;
  /** SIGKILL after so many milliseconds. */
  killAfterMs?: number;
}

/** What one execution of the plugin did. */
export interface Call {
  readonly verb: string;
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal?: string;
  /** The deadline passed; it was killed. */
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
  /** Of standard output, if that is exactly one JSON document. */
  readonly document?: unknown;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a case may do to a plugin. All of it happens in one sandbox, and goes to the evidence. */
export interface PluginHarness {
  readonly role: Role;
  /** Of the configuration. */
  readonly version: CniVersion;
  /** What the plugin's VERSION lists. */
  readonly supportedVersions: readonly string[];
  /** Name of the plugin's file, as `type` has it. */
  readonly type: string;
  /** The network configuration that every call has by default. */
  readonly config: Readonly<JsonObject>;
  readonly hints: Hints;
  /** Not root of the machine: some things are not to be seen then. */
  readonly rootless: boolean;
  /** The host namespace is a sandbox's: what happens to it hurts nobody. */
  readonly isolated: boolean;
  /** A new container; its prevResult, if it has one, in the shape of `version`, by default that of the harness. */
  container(options?: { id?: string; ifname?: string; version?: CniVersion }): Promise<Container>;
  /** Executes the plugin; without a container none of its variables is set. */
  call(verb: Verb | (string & {}), container?: Container, change?: CallChange): Promise<Call>;
  /** Runs a line of sh as root: in the host namespace of the sandbox, or in that of a container. */
  sh(where: 'host' | Container, line: string): Promise<CommandResult>;
  /** All that an attachment may change: of the host, and of the containers named. */
  state(...containers: readonly Container[]): Promise<State>;
  /** Puts a scripted plugin before all others in CNI_PATH, under that name. */
  delegate(name: string, script: DelegateScript): Promise<Delegate>;
  /** For the evidence. */
  note(text: string): void;
}
