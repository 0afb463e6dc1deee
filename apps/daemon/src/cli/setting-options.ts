import { type Command, Option } from 'commander';
import type { Setting } from '../config/setting.ts';

/** One option for every setting, beside `--config`. */
export function addSettingOptions(command: Command, settings: readonly Setting[]): Command {
  command.option('--config <file>', 'configuration file (default: /etc/vcn-cni/config.json)');
  for (const setting of settings) {
    const value = {
      list: '<a,b,...>',
      boolean: '<true|false>',
      number: '<number>',
      string: '<text>',
    };
    command.addOption(
      new Option(`${setting.flag} ${value[setting.type]}`, setting.description).helpGroup(
        'Settings:',
      ),
    );
  }
  return command;
}

/** What was given on the command line, by flag name. */
export function readSettingOptions(
  command: Command,
  settings: readonly Setting[],
): { file?: string; flags: Record<string, string> } {
  const values = command.opts<Record<string, string | undefined>>();
  const byFlag = new Map(command.options.map((option) => [option.long, option.attributeName()]));
  const flags = settings.flatMap(({ flag }) => {
    const value = values[byFlag.get(flag) ?? ''];
    return value === undefined ? [] : [[flag, value] as const];
  });
  const file = values['config'];
  return { ...(file !== undefined && { file }), flags: Object.fromEntries(flags) };
}
