type Config = Record<string, unknown>;

/** `over` wins; where both have an object, key by key. */
export function mergeConfig(base: Config, over: Config): Config {
  const merged = Object.entries(over).map(([key, value]) => {
    const below = base[key];
    return [key, isObject(below) && isObject(value) ? mergeConfig(below, value) : value];
  });
  return { ...base, ...Object.fromEntries(merged) };
}

const isObject = (value: unknown): value is Config =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
