import { ErrorCode } from './error/error-codes.ts';
import { latestVersion, supportedVersions } from './version.ts';

/**
 * The versions and error codes as a C header, for programs that speak the protocol without this library:
 * `VCN_CNI_SUPPORTED_VERSIONS` initialises a `const char *const[]`, the rest are numbers and one string.
 */
export function renderCHeader(): string {
  const quoted = supportedVersions.map((version) => `"${version}"`);
  const lines = [
    '/* CNI versions and error codes, generated from @vcn-cni/cni-spec. */',
    '#ifndef VCN_CNI_SPEC_H',
    '#define VCN_CNI_SPEC_H',
    '',
    `#define VCN_CNI_SUPPORTED_VERSIONS { ${quoted.join(', ')} }`,
    `#define VCN_CNI_SUPPORTED_VERSION_COUNT ${supportedVersions.length}`,
    `#define VCN_CNI_LATEST_VERSION "${latestVersion}"`,
    '',
  ];
  for (const [name, code] of Object.entries(ErrorCode)) {
    lines.push(`#define VCN_CNI_CODE_${upperSnake(name)} ${code}`);
  }
  return [...lines, '', '#endif', ''].join('\n');
}

function upperSnake(name: string): string {
  return name.replace(/(?<!^)[A-Z]/g, '_$&').toUpperCase();
}
