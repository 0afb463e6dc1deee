import { OciError } from './oci-error.ts';

/**
 * Makes a change once. If it failed in doubt, or the service says that the token was used for something which has
 * changed since (`InvalidatedRetryToken`), looks whether the change is there, and answers with it if so.
 * Rejects with the first failure; the look itself never hides it.
 */
export async function settle<T>(
  change: () => Promise<T>,
  look: () => Promise<T | undefined>,
): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (!OciError.is(error)) throw error;
    if (!error.inDoubt && error.code !== 'InvalidatedRetryToken') throw error;
    const found = await look().catch(() => undefined);
    if (found === undefined) throw error;
    return found;
  }
}
