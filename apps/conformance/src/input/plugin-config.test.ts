import { describe, expect, it } from 'vitest';
import { pluginConfig } from './plugin-config.ts';

const read = (document: unknown) =>
  pluginConfig(
    typeof document === 'string' ? document : JSON.stringify(document),
    'net.conf',
    'ptp',
  );

describe('pluginConfig', () => {
  it('takes the configuration of a plugin; the version is that of the run', () => {
    expect(read({ cniVersion: '1.0.0', name: 'net', type: 'ptp', mtu: 9000 })).toEqual({
      config: { name: 'net', type: 'ptp', mtu: 9000 },
      versions: ['1.0.0'],
    });
  });
  it('takes the plugin out of a list, with name and versions of that', () => {
    const plugins = [{ type: 'ptp', capabilities: { mac: true }, mtu: 1 }, { type: 'tuning' }];
    const list = { cniVersion: '0.4.0', cniVersions: ['1.0.0', '1.1.0'], name: 'net', plugins };
    expect(read(list)).toEqual({
      config: { name: 'net', type: 'ptp', mtu: 1 },
      versions: ['0.4.0', '1.0.0', '1.1.0'],
    });
  });
  it('keeps an integer that a double does not hold', () => {
    const { config } = read('{"name":"net","type":"ptp","n":12345678901234567890}');
    expect(config['n']).toBe(12345678901234567890n);
  });
  it.each([
    ['{', 'no JSON'],
    ['[]', 'not a JSON object'],
    [{ name: 'net' }, 'type'],
    [{ name: 'net', type: 'a/b' }, '"a/b"'],
    [{ name: 'net', type: 'bridge' }, 'type "bridge" is not the name of --bin, "ptp"'],
    [{ type: 'ptp' }, 'name is missing; add'],
    [{ type: 'ptp', name: 'a/b' }, 'name "a/b" is no name of a network'],
    [{ name: 'net', plugins: [] }, 'plugins'],
    [
      { name: 'net', plugins: [{ type: 'bridge' }] },
      'no plugin of type "ptp", which is the name of --bin (it has "bridge")',
    ],
    [{ name: 'net', plugins: [{ type: 'ptp' }, { type: 'ptp' }] }, '2 plugins of type "ptp"'],
  ])('%j is refused: %s', (document, words) => {
    expect(() => read(document)).toThrow('--config net.conf: ');
    expect(() => read(document)).toThrow(words);
  });
});
