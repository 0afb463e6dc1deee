import { describe, expect, it } from 'vitest';
import { printJson } from '../src/json.ts';
import { convertResult } from '../src/result/convert-result.ts';
import { parseResult, parseResultDocument } from '../src/result/parse-result.ts';
import type { ResultDocument } from '../src/result/result.ts';
import { type CniVersion, supportedVersions } from '../src/version.ts';
import { fixtures } from './fixtures.ts';

type Shape = 'single' | 'typed' | 'plain' | 'detailed';
type Fields = Record<string, unknown>;
interface Conversion {
  shape: Shape;
  document: Fields;
  to: Record<Shape, { document: Fields; losses: { path: string; value: unknown }[] }>;
}

const shapes: Record<CniVersion, Shape> = {
  '0.1.0': 'single',
  '0.2.0': 'single',
  '0.3.0': 'typed',
  '0.3.1': 'typed',
  '0.4.0': 'typed',
  '1.0.0': 'plain',
  '1.1.0': 'detailed',
};
const conversions = new Map(fixtures<Conversion>('conversion'));
const pairs = supportedVersions.flatMap((from) => supportedVersions.map((to) => ({ from, to })));

it('has 49 pairs', () => expect(pairs).toHaveLength(49));

describe.each(pairs)('$from to $to', ({ from, to }) => {
  const { document, to: expected } = conversions.get(shapes[from])!;
  const source: ResultDocument = { cniVersion: from, ...document };
  const { document: wanted, losses } = expected[shapes[to]];

  it('gives the document and names every loss', () => {
    const before = printJson(source);
    const converted = convertResult(source, to);
    expect(converted.document).toEqual({ cniVersion: to, ...wanted });
    expect(converted.losses.map(({ path, value }) => ({ path, value }))).toEqual(losses);
    for (const { reason } of converted.losses) expect(reason).not.toBe('');
    expect(printJson(source)).toBe(before);
  });

  it('gives what the schema of its version takes', () => {
    expect(() => parseResultDocument(convertResult(source, to).document)).not.toThrow();
  });

  it('without addresses fails only where there is no way to say it', () => {
    const nothing = { cniVersion: from, dns: {} };
    const impossible = shapes[to] === 'single' && shapes[from] !== 'single';
    if (impossible) expect(() => convertResult(nothing, to)).toThrow(/no IP address/);
    else expect(convertResult(nothing, to).document).toEqual({ cniVersion: to, dns: {} });
  });
});

it('takes no version for the latest, and an empty target for 0.1.0', () => {
  const { document } = convertResult({ cniVersion: '', ips: [{ address: 'fd00::1/64' }] }, '');
  expect(document).toEqual({ cniVersion: '0.1.0', ip6: { ip: 'fd00::1/64' } });
});

it.each(['2.0.0', '1.0', 'x'])('refuses the version %s', (version) => {
  expect(() => convertResult({ cniVersion: '1.0.0' }, version)).toThrow(version);
  expect(() => convertResult({ cniVersion: version }, '1.0.0')).toThrow(version);
});

it('lets no vendor field of one version pass for a field of another', () => {
  const up = convertResult({ cniVersion: '0.2.0', ips: 'vendor', interfaces: 1 }, '1.1.0');
  expect(up.document).toEqual({ cniVersion: '1.1.0' });
  expect(up.losses.map(({ path }) => path)).toEqual(['ips', 'interfaces']);
  const ips = [{ address: '10.0.0.5/24', ip: 'vendor' }];
  const down = convertResult({ cniVersion: '1.1.0', ips, ip6: 'vendor' }, '0.2.0');
  expect(down.document).toEqual({ cniVersion: '0.2.0', ip4: { ip: '10.0.0.5/24' } });
  expect(down.losses.map(({ path }) => path)).toEqual(['ips[0].ip', 'ip6']);
});

describe('parseResult', () => {
  it('stamps the version of the configuration on a result without one, and takes null for empty', () => {
    expect(parseResult('null', { configVersion: '1.0.0' })).toEqual({ cniVersion: '1.1.0' });
    const typed = { cniVersion: '', ips: [{ version: '4', address: '10.0.0.5/24' }] };
    expect(parseResult(typed, { configVersion: '0.4.0' }).ips).toEqual([
      { address: '10.0.0.5/24' },
    ]);
  });

  it('leaves out what Go wrote for nothing', () => {
    const ips = [{ address: '10.0.0.5/24', gateway: null, interface: -1, vendor: null }];
    const parsed = parseResult({
      cniVersion: '1.1.0',
      interfaces: null,
      ips,
      dns: { search: null },
    });
    expect(parsed).toEqual({
      cniVersion: '1.1.0',
      ips: [{ address: '10.0.0.5/24', vendor: null }],
      dns: {},
    });
  });

  it('checks a field that an older result has by accident before it becomes one of 1.1.0', () => {
    const interfaces = [{ name: 'eth0', mtu: 'large' }];
    expect(() => parseResult({ cniVersion: '0.4.0', interfaces })).toThrow(
      /interfaces\[0\]\.mtu "large"/,
    );
  });
});
