import type { PluginCase } from '../../case.ts';
import { versionEchoed } from './echo.ts';

/** Section 2: VERSION. */
export const versionCases: readonly PluginCase[] = [versionEchoed];
