import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests of logic: no browser, no network, no clock but the one a test passes in. */
export default defineConfig({
    resolve: {
        alias: { '~': fileURLToPath(new URL('./src', import.meta.url)) },
    },
    test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
