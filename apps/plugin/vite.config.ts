const conditions = ['@vcn-cni/source'];

/**
 * `vite build apps/plugin` writes `build/oci-vcn.mjs`: the TypeScript plugin as one file that needs
 * nothing but Node, and may be installed under any name.
 */
export default {
  logLevel: 'warn',
  resolve: { conditions },
  ssr: { noExternal: true, resolve: { conditions } },
  build: {
    ssr: 'src/main.ts',
    outDir: 'build',
    emptyOutDir: false,
    target: 'node24',
    rolldownOptions: { output: { format: 'es', entryFileNames: 'oci-vcn.mjs' } },
  },
};
