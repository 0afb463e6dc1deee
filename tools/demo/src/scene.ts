/** What stands beside pods and Services while packets are sent; `services`: nothing else. */
export const scenes = ['services', 'policy', 'mesh', 'chained'] as const;

export type Scene = (typeof scenes)[number];
