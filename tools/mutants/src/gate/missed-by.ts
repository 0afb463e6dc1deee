import { Finding, type Opened, Skip } from '@vcn-cni/cni-conformance';

interface Runnable<Harness> {
  readonly id: string;
  readonly run: (on: Harness) => Promise<void>;
}

/** What is to be said of a case that does not catch a mutant when it is tried once; undefined where it does. */
export async function missedBy<Harness>(
  { id, run }: Runnable<Harness>,
  open: () => Promise<Opened<Harness>>,
): Promise<string | undefined> {
  await using opened = await open();
  try {
    await run(opened.harness);
    return `${id} passes`;
  } catch (error) {
    if (error instanceof Finding) return undefined;
    return error instanceof Skip ? `${id} is skipped: ${error.message}` : `${id}: ${error}`;
  }
}
