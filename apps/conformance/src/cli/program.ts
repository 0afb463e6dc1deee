/** The command line of `cni-conformance`. */
import { hintsSchema, roles } from '@vcn-cni/cni-conformance';
import { Command, Option } from 'commander';
import { z } from 'zod';
import { explain } from '../explain/explain.ts';
import { explanationText } from '../explain/explanation-text.ts';
import { hintsMarkdown } from '../explain/hints-markdown.ts';
import { listRequirements, listText } from '../explain/list.ts';
import type { PluginFlags } from '../input/plugin-under-test.ts';
import type { Plan } from './conduct.ts';
import { pluginCommand } from './plugin-command.ts';
import { resultsCommand } from './results-command.ts';
import { addRunOptions, type RunFlags } from './run-options.ts';
import { type RuntimeFlags, runtimeCommand } from './runtime-command.ts';
import type { Streams } from './streams.ts';

export interface ProgramOptions {
  readonly version: string;
  readonly streams: Streams;
  readonly again: Plan['again'];
  readonly setExitCode: (code: number) => void;
}

const json = ['--json', 'print one JSON object and nothing else', false] as const;

export function program({ version, streams, again, setExitCode }: ProgramOptions): Command {
  const { stdout } = streams;
  const all = new Command('cni-conformance')
    .description('tries CNI plugins and runtimes, in any language, against the specification')
    .version(version);
  const print = (value: unknown, text: string, { json: asJson }: { json: boolean }) =>
    void stdout.write(asJson ? `${JSON.stringify(value, null, 2)}\n` : text);

  addRunOptions(
    all
      .command('plugin')
      .description('try a plugin; every case has a network, mounts and processes of its own')
      .optionsGroup('What is tried:')
      .requiredOption('--bin <file>', "the plugin's program, named as its type")
      .requiredOption('--config <file>', 'configuration of the plugin, or a list that has it')
      .option('--cni-path <folders>', 'of plugins that it delegates to, with colons between')
      .option('--hints <file>', 'what only its owner knows (see: cni-conformance hints)')
      .addOption(new Option('--role <role>', 'in a list; default: found out').choices(roles))
      .option('--here', 'in the namespaces that this runs in, for a daemon that is there', false),
  ).action(async (flags: PluginFlags & RunFlags) =>
    setExitCode(await pluginCommand(flags, { streams, again })),
  );

  addRunOptions(
    all
      .command('runtime')
      .description('try a runtime by lines of sh that do an operation for one attachment')
      .optionsGroup('What is tried:')
      .requiredOption('--add <line>', 'with NETWORK, CONTAINER_ID, NETNS, IFNAME, CNI_CONF_DIR, …')
      .requiredOption('--del <line>', 'the same')
      .option('--check <line>', 'the same')
      .option('--gc <line>', 'with NETWORK and VALID_ATTACHMENTS, as JSON')
      .option('--status <line>', 'with NETWORK')
      .option('--hints <file>', 'what only its owner knows: setup, daemon, environment'),
  ).action(async (flags: RuntimeFlags & RunFlags) =>
    setExitCode(await runtimeCommand(flags, { streams, again })),
  );

  all
    .command('list')
    .description('every requirement with its cases, or why none can show it')
    .option(...json)
    .action((flags: { json: boolean }) => {
      const requirements = listRequirements();
      print({ requirements }, listText(requirements), flags);
    });
  all
    .command('explain <id>')
    .description('a requirement or a case: text, how it is tried, what it catches, who differs')
    .option(...json)
    .action((id: string, flags: { json: boolean }) => {
      const explanation = explain(id);
      print(explanation, explanationText(explanation), flags);
    });
  all
    .command('hints')
    .description('the keys of a hints file, as Markdown, or as JSON schema')
    .option(...json)
    .action((flags: { json: boolean }) => {
      const schema = z.toJSONSchema(hintsSchema, { io: 'input' });
      print(schema, hintsMarkdown(schema as Record<string, unknown>), flags);
    });
  all
    .command('results <files...>')
    .description('what --json wrote of several plugins, as one Markdown page')
    .option('--made <text>', 'a line that says when and where')
    .action(async (files: string[], { made }: { made?: string }) => {
      stdout.write(await resultsCommand(files, made));
    });
  return all;
}
