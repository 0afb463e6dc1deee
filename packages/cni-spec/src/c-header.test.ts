import { expect, it } from 'vitest';
import { renderCHeader } from './c-header.ts';
import { ErrorCode } from './error/error-codes.ts';
import { latestVersion, supportedVersions } from './version.ts';

it('defines every version and every code once', () => {
  const defines = new Map(
    [...renderCHeader().matchAll(/^#define (VCN_CNI_\w+) (.+)$/gm)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  const versions = defines.get('VCN_CNI_SUPPORTED_VERSIONS') ?? '';
  expect(JSON.parse(versions.replace('{', '[').replace('}', ']'))).toEqual(supportedVersions);
  expect(defines.get('VCN_CNI_LATEST_VERSION')).toBe(`"${latestVersion}"`);
  expect(defines.get('VCN_CNI_CODE_IO_FAILURE')).toBe('5');
  expect(defines.get('VCN_CNI_CODE_HOST_LINK_NAME_TAKEN')).toBe('103');
  const codes = [...defines].filter(([name]) => name?.startsWith('VCN_CNI_CODE_'));
  expect(codes.map(([, value]) => Number(value))).toEqual(Object.values(ErrorCode));
});
