import { frameLimits, spoolLimits } from '@vcn-cni/cni-runtime/plugin';
import { ErrorCode, renderCHeader } from '@vcn-cni/cni-spec';
import { deadlines } from './deadlines.ts';
import { failures } from './failures.ts';
import { defaultSocket } from './settings.ts';

/** What the relay takes from the packages in place of writing it down again: `contract.h`. */
export function renderContractHeader(): string {
  const numbers = {
    STDIN_LIMIT: frameLimits.stdin,
    ENVIRONMENT_LIMIT: frameLimits.environment,
    ANSWER_LIMIT: frameLimits.answer,
    FIRST_LINE_LIMIT: frameLimits.firstLine,
    SPOOL_FILE_LIMIT: spoolLimits.file,
    SPOOL_FILES_LIMIT: spoolLimits.files,
    SPOOL_TOTAL_LIMIT: spoolLimits.total,
    CONNECT_MS: deadlines.connect,
    CONNECT_DEL_MS: deadlines.connectDel,
    CONNECT_STATUS_MS: deadlines.connectStatus,
    TOTAL_MS: deadlines.total,
  };
  return [
    renderCHeader(),
    `#define DEFAULT_SOCKET ${JSON.stringify(defaultSocket)}`,
    ...Object.entries(numbers).map(([name, value]) => `#define ${name} ${value}`),
    ...Object.entries(failures).map(([name, { code, msg, remedy }]) => {
      const fields = [ErrorCode[code], JSON.stringify(msg), JSON.stringify(remedy)];
      return `#define FAILURE_${upperSnake(name)} ((struct failure){${fields.join(', ')}})`;
    }),
    '',
  ].join('\n');
}

function upperSnake(name: string): string {
  return name.replace(/[A-Z]/g, '_$&').toUpperCase();
}
