/** An interrupt as a signal for what runs. A second one ends the process at once. */
export interface Interrupt extends Disposable {
  readonly signal: AbortSignal;
  /** As shells count: 130 for SIGINT, 143 for SIGTERM; undefined before. */
  exitCode(): number | undefined;
}

const codes = { SIGINT: 130, SIGTERM: 143 } as const;

export function watchInterrupts(): Interrupt {
  const controller = new AbortController();
  let code: number | undefined;
  const onSignal = (name: NodeJS.Signals) => {
    if (code !== undefined) process.exit(code);
    code = codes[name as keyof typeof codes];
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, onSignal);
  return {
    signal: controller.signal,
    exitCode: () => code,
    [Symbol.dispose]() {
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, onSignal);
    },
  };
}
