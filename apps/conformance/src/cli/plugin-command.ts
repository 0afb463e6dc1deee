import { Finding, type PluginUnderTest, pluginCases } from '@vcn-cni/cni-conformance';
import { openPlugin, type PluginRun } from '@vcn-cni/cni-conformance/harness';
import { latestVersion } from '@vcn-cni/cni-spec';
import { probeLimits } from '../conduct/probe-limits.ts';
import { unansweredReport } from '../conduct/unanswered-report.ts';
import { type PluginFlags, pluginUnderTest } from '../input/plugin-under-test.ts';
import { enterUserNamespace } from '../namespace/enter-user-namespace.ts';
import { conduct, type Plan } from './conduct.ts';
import { outputsOf } from './outputs.ts';
import { present } from './present.ts';
import type { RunFlags } from './run-options.ts';
import { ofRole, selected } from './selected.ts';
import { standardOf } from './standard.ts';
import type { Streams } from './streams.ts';
import { UsageError } from './usage-error.ts';

/** `cni-conformance plugin`: the exit code. Throws UsageError. */
export async function pluginCommand(
  flags: PluginFlags & RunFlags,
  { streams, again }: { streams: Streams; again: Plan['again'] },
): Promise<number> {
  const { here = false, spec, jobs, verbose } = flags;
  const { plugin, versions } = await pluginUnderTest(flags);
  const outputs = await outputsOf(flags);
  const standard = await standardOf(flags);
  const chosen = selected(pluginCases, flags);
  if (here && process.getuid?.() !== 0) {
    throw new UsageError('--here works in the namespaces of this machine: run it as root');
  }
  if (!here) enterUserNamespace();
  const limits = here ? [] : await probeLimits();
  const plan = { spec: spec ?? latestVersion, standard, again, limits };
  const { bin } = plugin;
  let opened: PluginRun;
  try {
    opened = await open(plugin, { ...(spec && { version: spec }), preferred: versions, here });
  } catch (error) {
    if (!(error instanceof Finding)) throw error;
    const report = unansweredReport(error, plugin, plan);
    return present(report, { outputs, streams, verbose });
  }
  await using run = opened;
  const { type, role, supportedVersions, version } = run;
  return conduct({
    cases: ofRole(chosen, role),
    plan: {
      ...plan,
      subject: { kind: 'plugin', type, bin, role, supportedVersions },
      spec: version,
    },
    ...{ outputs, verbose, streams, open: () => run.open() },
    // Cases that share a machine would see each other's attachments.
    jobs: here ? 1 : jobs,
  });
}

/** That the plugin is no plugin, or does no ADD with this configuration, is for its owner to put right. */
async function open(
  plugin: PluginUnderTest,
  options: Parameters<typeof openPlugin>[1],
): Promise<PluginRun> {
  try {
    return await openPlugin(plugin, options);
  } catch (error) {
    if (error instanceof Finding || !(error instanceof Error)) throw error;
    throw new UsageError(error.message);
  }
}
