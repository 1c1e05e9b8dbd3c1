import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests in a real browser against the real server; one file after the other, they share the CPU. */
export default defineConfig({
    root: fileURLToPath(new URL('..', import.meta.url)),
    test: {
        include: ['e2e/**/*.test.ts'],
        environment: 'node',
        maxWorkers: 2,
        minWorkers: 1,
        testTimeout: 120_000,
        hookTimeout: 120_000,
    },
});
