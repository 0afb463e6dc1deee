/** One execution of a plugin, served from here: what it was given, and the world that it was started in. */
export interface Caller {
  /** Of the plugin's file, as the caller sees it. */
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin: Buffer;
  /** Where the caller's files are, seen from here. */
  readonly root: string;
  /** Its network namespace, as a path that can be opened here. */
  readonly hostNamespace: string;
  /** Aborted when the caller is gone. */
  readonly signal: AbortSignal;
  /** Runs a command as the caller's child: in its namespaces, with its variables, and killed when it is. */
  run(command: readonly [string, ...string[]], options?: RunOptions): Promise<Ran>;
}

export interface RunOptions {
  /** All of it; default: the caller's. */
  environment?: Readonly<Record<string, string>>;
  stdin?: string | Uint8Array;
}

export interface Ran {
  /** 128 + its number for a signal. */
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** How an execution ends. */
export interface Outcome {
  exitCode: number;
  stdout: string;
  stderr: string;
  /** Number of the signal that it dies by. */
  diesBy?: number;
}

export type Serve = (caller: Caller) => Promise<Outcome>;
