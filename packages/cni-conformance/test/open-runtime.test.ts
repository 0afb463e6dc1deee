import { expect, it } from 'vitest';
import { openRuntime } from '../src/harness/open-runtime.ts';
import { hintsSchema } from '../src/hints.ts';
import type { RuntimeUnderTest } from '../src/runtime-under-test.ts';

/** A runtime of one line: it executes the probe of the list that `openRuntime` writes. */
const line = (variables: string, config: string): string =>
  `printf '%s' '${config}' | env ${variables} CNI_CONTAINERID="$CONTAINER_ID" CNI_NETNS="$NETNS" $CNI_PATH/conformance-probe`;

const config = '{"cniVersion":"1.0.0","name":"net","type":"conformance-probe"}';

const runtime = (commands: RuntimeUnderTest['commands']): RuntimeUnderTest => ({
  commands,
  hints: hintsSchema.parse({ deadlineSeconds: 5 }),
});

it('finds out what a runtime takes from its caller', async () => {
  const add = line('CNI_COMMAND=ADD CNI_IFNAME=own0', config);
  await using run = await openRuntime(runtime({ add, del: 'true', gc: 'echo $VALID' }));
  expect([...run.operations]).toEqual(['add', 'del', 'gc']);
  expect(run.version).toBe('1.1.0');
  expect(run.takes).toEqual({
    ...{ id: true, netns: true, ifname: false },
    ...{ args: true, capabilities: false, valid: true },
  });
});

it('records what a plugin got, and shows it as something to paste', async () => {
  const add = line('CNI_COMMAND=ADD', config);
  await using run = await openRuntime(runtime({ add, del: 'true' }));
  await using opened = await run.open();
  const { harness } = opened;
  await harness.probe('conformance-probe');
  const attachment = await harness.attachment('net', { id: 'a', ifname: 'eth3' });
  await harness.operate('add', attachment);
  const [call] = await harness.calls();
  expect(call).toMatchObject({ plugin: 'conformance-probe', verb: 'ADD', stdin: config });
  expect(call?.environment).toMatchObject({ CNI_CONTAINERID: 'a', CNI_IFNAME: 'eth3' });
  const notes = opened.evidence.map((each) => (each.kind === 'note' ? each.text : ''));
  expect(notes.at(-1)).toContain(`/conformance-probe <<'EOF'\n${config}\nEOF`);
});

it('refuses a runtime that executes no plugin, with what it said', async () => {
  const mute = runtime({ add: 'echo nothing to do >&2', del: 'true' });
  await expect(openRuntime(mute)).rejects.toThrow(
    /does no ADD.*1\.1\.0: exit 0, no plugin was executed: nothing to do/s,
  );
  await expect(openRuntime(runtime({ add: 'true' }))).rejects.toThrow('the command for del');
});
