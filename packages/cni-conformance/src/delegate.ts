import type { JsonObject } from './evidence.ts';

/** How a scripted plugin answers, by verb; default: exit 0 and nothing. */
export type DelegateScript = Readonly<Record<string, DelegateAnswer>>;

export interface DelegateAnswer {
  readonly exitCode?: number;
  readonly stdout?: string;
  readonly stderr?: string;
  /** A line of sh before the answer, as `sleep 2`. */
  readonly first?: string;
}

/** One execution of a scripted plugin, as it saw it. */
export interface DelegateCall {
  readonly verb: string;
  /** All variables, of names that repeat the last. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin: string;
  /** Of standard input; undefined if that is no JSON object. */
  readonly config?: JsonObject;
  /** Network namespace that it ran in, as `net:[4026531840]`. */
  readonly namespace: string;
  /** Milliseconds since 1970. */
  readonly beganMs: number;
  readonly endedMs?: number;
}

export interface Delegate {
  readonly name: string;
  /** So far, in the order of their beginning. */
  calls(): Promise<readonly DelegateCall[]>;
  /** Answers otherwise from now on. */
  answer(script: DelegateScript): Promise<void>;
}
