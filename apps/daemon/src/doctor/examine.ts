import { loadConfig } from '../config/load.ts';
import { type Config, configSchema } from '../config/schema.ts';
import { hostSettings } from '../node/host-settings.ts';
import { diagnose } from './diagnose.ts';
import { type GatherDeps, gatherFacts } from './gather.ts';
import type { Hazard } from './hazard.ts';

/** Gathers the facts of this host and finds its hazards. */
export async function examine(
  config: Config,
  deps: GatherDeps,
  confDirectory: string,
): Promise<Hazard[]> {
  const facts = await gatherFacts(
    {
      settings: hostSettings(config),
      filter: config.filter,
      forwardAccept: config.forwardAccept,
      blocks: config.pool.blocks,
      ...(config.node.interface !== undefined && { primary: config.node.interface }),
      confDirectory,
    },
    deps,
  );
  return diagnose(facts);
}

/** A configuration to look at a host with, where the real one is missing or broken. */
export async function configOrDefaults(
  environment: Record<string, string | undefined>,
  file?: string,
): Promise<Config> {
  try {
    return await loadConfig({ ...(file !== undefined && { file }), environment, flags: {} });
  } catch {
    return configSchema.parse({ pool: { blocks: ['0.0.0.0/32'] } });
  }
}
