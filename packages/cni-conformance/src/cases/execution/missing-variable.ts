import { type PluginCase, roles } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { unchanged } from '../steps/unchanged.ts';

const kinds = [
  { verb: 'ADD', variable: 'CNI_CONTAINERID', since: '1.0.0' },
  { verb: 'ADD', variable: 'CNI_NETNS', since: '1.0.0' },
  { verb: 'ADD', variable: 'CNI_IFNAME', since: '1.0.0' },
  { verb: 'CHECK', variable: 'CNI_CONTAINERID', since: '1.0.0' },
  { verb: 'CHECK', variable: 'CNI_NETNS', since: '1.0.0' },
  { verb: 'CHECK', variable: 'CNI_IFNAME', since: '1.0.0' },
  { verb: 'DEL', variable: 'CNI_CONTAINERID', since: '1.0.0' },
  { verb: 'DEL', variable: 'CNI_IFNAME', since: '1.0.0' },
  { verb: 'GC', variable: 'CNI_PATH', since: '1.1.0' },
] as const;

export const missingVariables: readonly PluginCase[] = kinds.map(({ verb, variable, since }) => ({
  id: `ENV-03/${verb.toLowerCase()}-${variable.slice(4).toLowerCase()}`,
  title: `${verb} without ${variable} is refused with code 4, and its name`,
  does: `executes ${verb} with ${variable} unset, then with ${variable} empty`,
  expects: `code 4, ${variable} in msg or details, and nothing changed`,
  roles,
  since,
  ...(verb === 'ADD' && variable === 'CNI_NETNS' && { fast: true }),
  mutants: [`${verb.toLowerCase()}-without-${variable.slice(4).toLowerCase()}`],
  async run(on) {
    const container = await on.container();
    await unchanged(on, container, async () => {
      for (const value of [undefined, '']) {
        const environment = { [variable]: value };
        const call = await on.call(verb, verb === 'GC' ? undefined : container, { environment });
        expectRefusal(call, { codes: [4], mentions: [variable] });
      }
    });
  },
}));

export const missingTogether: PluginCase = {
  id: 'ENV-03/together',
  title: 'Of variables that are missing together each is named',
  does: 'executes ADD with CNI_CONTAINERID, CNI_NETNS and CNI_IFNAME unset',
  expects: 'code 4, and the three names in msg or details',
  roles,
  fast: true,
  mutants: ['names-one-missing-variable', 'missing-variables-wrong-code'],
  async run(on) {
    const mentions = ['CNI_CONTAINERID', 'CNI_NETNS', 'CNI_IFNAME'];
    const environment = Object.fromEntries(mentions.map((name) => [name, undefined]));
    const call = await on.call('ADD', await on.container(), { environment });
    expectRefusal(call, { codes: [4], mentions });
  },
};
