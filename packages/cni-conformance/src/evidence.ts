export interface JsonObject {
  [key: string]: unknown;
}

/** What was done and seen, in order. Commands can be pasted into a shell of the sandbox that the first one opens. */
export type Evidence =
  | {
      readonly kind: 'command';
      readonly command: string;
      readonly exitCode: number | null;
      readonly signal?: string;
      readonly stdout: string;
      readonly stderr: string;
      readonly durationMs: number;
    }
  | {
      readonly kind: 'difference';
      readonly removed: readonly string[];
      readonly added: readonly string[];
    }
  | { readonly kind: 'note'; readonly text: string };
