import { writeFileSync } from 'node:fs';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule } from 'vitest/node';
import type { Outcomes } from './outcomes.ts';

/**
 * A vitest reporter that counts, and keeps the reason each skipped test gave. A file that could
 * not be loaded and an error outside any test are failures too.
 * @param file where the {@link Outcomes} are written
 */
export function outcomeReporter(file: string): Reporter {
  return {
    onTestRunEnd(modules, errors) {
      writeFileSync(file, JSON.stringify(countOutcomes(modules, errors)));
    },
  };
}

function countOutcomes(
  modules: readonly TestModule[],
  errors: readonly SerializedError[],
): Outcomes {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const inState = (state: string) => tests.filter((test) => test.result().state === state);
  const broken = modules.filter(
    (module) =>
      module.state() === 'failed' &&
      ![...module.children.allTests()].some((test) => test.result().state === 'failed'),
  );
  const skips = tests.flatMap((test) => {
    const result = test.result();
    if (result.state !== 'skipped') return [];
    const reason = result.note ?? 'it gives no reason';
    return [{ test: `${test.module.project.name}: ${test.fullName}`, reason }];
  });
  return {
    passed: inState('passed').length,
    failed: inState('failed').length + inState('pending').length + broken.length + errors.length,
    skipped: skips.length,
    skips,
  };
}
