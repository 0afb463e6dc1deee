import type { PluginCase } from '../../case.ts';
import { versionAlone, versionAnswer, versionOfNewer, versionUnasked } from './answer.ts';
import { eachVersion } from './each-version.ts';
import { versionEchoed } from './echo.ts';
import { noVersion } from './no-version.ts';
import { refusedVersions } from './refused-version.ts';
import { resultVersions } from './result-version.ts';

/** Section 2: VERSION. */
export const versionCases: readonly PluginCase[] = [
  versionAnswer,
  versionOfNewer,
  versionEchoed,
  versionAlone,
  versionUnasked,
  ...eachVersion,
  ...refusedVersions,
  resultVersions,
  noVersion,
];
