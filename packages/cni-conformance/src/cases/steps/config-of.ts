import type { JsonObject } from '../../evidence.ts';
import type { Container, PluginHarness } from '../../plugin-harness.ts';

/** The configuration as a call for a container has it, to be sent as other text. */
export const configOf = (
  { config }: Pick<PluginHarness, 'config'>,
  { prevResult }: Container,
): JsonObject => ({ ...config, ...(prevResult && { prevResult }) });
