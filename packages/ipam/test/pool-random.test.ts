import { describe, it } from 'vitest';
import { runSchedule } from './random-schedule.ts';

describe('random schedules', () => {
  it.each(Array.from({ length: 30 }, (_, seed) => seed + 1))(
    'seed %i: never two holders, nothing lost, nobody passed over',
    async (seed) => {
      await runSchedule(seed, 400);
    },
  );
});
