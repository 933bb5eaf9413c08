import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { errorCatalogue } from './build/error-catalogue.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The gateway that `npm run dev` speaks to. */
const gateway = process.env.TIDEGATE_URL ?? 'http://localhost:8080';

/** What every page needs and seldom changes is one file of its own. */
const shared = (id: string): string | undefined => (/node_modules[\\/](react|react-dom|scheduler|@tanstack)[\\/]/.test(id) ? 'base' : undefined);

export default defineConfig({
  base: '/console/',
  plugins: [react(), errorCatalogue()],
  // The gateway puts a fresh nonce in its place with each answer.
  html: { cspNonce: '__CSP_NONCE__' },
  resolve: {
    alias: [
      { find: /^@\//, replacement: `${path('src')}/` },
      { find: /^@tidegate\/sdk\/react$/, replacement: path('../sdk-js/src/react/index.ts') },
      { find: /^@tidegate\/sdk$/, replacement: path('../sdk-js/src/index.ts') },
    ],
    dedupe: ['react', 'react-dom'],
  },
  build: {
    target: 'es2022',
    manifest: true,
    // Files, not data: URLs, so that the policy needs neither font-src nor img-src data:.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 400,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: (id) => shared(id) ?? null }] } } },
  },
  server: {
    host: 'localhost',
    fs: { allow: [path('..')] },
    proxy: {
      '/v1': { target: gateway, ws: true, changeOrigin: true },
      '/openapi.yaml': gateway,
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    setupFiles: ['test/setup.ts'],
    maxWorkers: 1,
    testTimeout: 60_000,
  },
});
