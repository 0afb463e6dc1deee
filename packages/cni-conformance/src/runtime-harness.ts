import type { CniVersion } from '@vcn-cni/cni-spec';
import type { Delegate, DelegateCall, DelegateScript } from './delegate.ts';
import type { JsonObject } from './evidence.ts';
import type { CommandResult } from './plugin-harness.ts';

/** What a runtime is asked to do. */
export type Operation = 'add' | 'check' | 'del' | 'gc' | 'status';

export const operations: readonly Operation[] = ['add', 'check', 'del', 'gc', 'status'];

/** Whom it is asked to do it for. A runtime may have an id, a namespace or a name of its own instead. */
export interface RuntimeAttachment {
  readonly network: string;
  readonly id: string;
  readonly netns: string;
  readonly ifname: string;
}

/** What of an attachment the runtime takes from its caller; what it does not take it chooses by itself. */
export interface Takes {
  readonly id: boolean;
  readonly netns: boolean;
  readonly ifname: boolean;
  /** `CNI_ARGS`. */
  readonly args: boolean;
  /** Values of capabilities: `CAP_ARGS`. */
  readonly capabilities: boolean;
  /** `VALID_ATTACHMENTS` or `VALID` of gc: whether its command names one of them. */
  readonly valid: boolean;
}

export interface OperationChange {
  /** Variables of the command, over those that name the attachment; as `CNI_ARGS`, `CAP_ARGS`. */
  environment?: Readonly<Record<string, string>>;
  /** For `gc`: the attachments to keep; default: none. */
  valid?: readonly RuntimeAttachment[];
}

export interface ProbeCall extends DelegateCall {
  readonly plugin: string;
}

/** What a case may do to a runtime. It meets recording probes in place of plugins. */
export interface RuntimeHarness {
  /** Of the lists that are written. */
  readonly version: CniVersion;
  /** The operations for which a command was given. */
  readonly operations: ReadonlySet<Operation>;
  readonly takes: Takes;
  /** Writes a list into the configuration folder, as text or as an object that may hold bigints. */
  network(list: string | JsonObject, options?: { file?: string }): Promise<void>;
  /** Writes any other file below the configuration folder. */
  file(path: string, text: string): Promise<void>;
  /** A recording probe under that name in the folder of plugins. It knows every version; ADD needs an answer. */
  probe(name: string, script?: DelegateScript): Promise<Delegate>;
  /** A namespace and ids, for nobody yet. One that is given names another attachment's. */
  attachment(
    network: string,
    options?: { id?: string; ifname?: string; netns?: string },
  ): Promise<RuntimeAttachment>;
  /** Runs the runtime's command for the operation. Throws Skip where there is none. */
  operate(
    operation: Operation,
    attachment: RuntimeAttachment,
    change?: OperationChange,
  ): Promise<CommandResult>;
  /** What all probes saw so far, VERSION apart, in the order of their beginning. */
  calls(): Promise<readonly ProbeCall[]>;
  /** Runs a line of sh as root, in the host namespace of the sandbox. */
  sh(line: string): Promise<CommandResult>;
  /** For the evidence. */
  note(text: string): void;
}
