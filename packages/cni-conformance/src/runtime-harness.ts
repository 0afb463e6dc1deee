import type { CniVersion } from '@vcn-cni/cni-spec';
import type { Delegate, DelegateCall, DelegateScript } from './delegate.ts';
import type { JsonObject } from './evidence.ts';
import type { CommandResult } from './plugin-harness.ts';

/** What a runtime is asked to do. */
export type Operation = 'add' | 'check' | 'del' | 'gc' | 'status';

/** Whom it is asked to do it for. */
export interface RuntimeAttachment {
  readonly network: string;
  readonly id: string;
  readonly netns: string;
  readonly ifname: string;
}

export interface OperationChange {
  /** Variables of the command, over `CNI_ARGS`, `CAP_ARGS` and those that name the attachment. */
  environment?: Readonly<Record<string, string>>;
  /** For `gc`: the attachments to keep. */
  valid?: readonly RuntimeAttachment[];
}

/** What a case may do to a runtime. It meets recording probes in place of plugins. */
export interface RuntimeHarness {
  /** Of the lists that are written. */
  readonly version: CniVersion;
  /** The operations for which a command was given. */
  readonly operations: ReadonlySet<Operation>;
  /** Writes a list into the runtime's configuration folder; `plugins` may hold any JSON text. */
  network(list: string | JsonObject, options?: { file?: string }): Promise<void>;
  /** Writes any other file below the configuration folder. */
  file(path: string, text: string): Promise<void>;
  /** A recording probe under that name in the folder of plugins. */
  probe(name: string, script?: DelegateScript): Promise<Delegate>;
  /** A namespace and ids, for nobody yet. */
  attachment(
    network: string,
    options?: { id?: string; ifname?: string; netns?: string },
  ): Promise<RuntimeAttachment>;
  /** Runs the runtime's command for the operation. */
  operate(
    operation: Operation,
    attachment: RuntimeAttachment,
    change?: OperationChange,
  ): Promise<CommandResult>;
  /** What all probes saw, in the order of their beginning. */
  calls(): Promise<readonly (DelegateCall & { readonly plugin: string })[]>;
  note(text: string): void;
}
