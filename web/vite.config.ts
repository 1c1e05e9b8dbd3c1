import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { precompress } from './build/precompress';
import { serviceWorker } from './build/service_worker';

/** Where `npm run dev` finds a running server. */
const server = process.env.ROOKERY_URL ?? 'http://127.0.0.1:8080';

const serversOwn = [
    '/api',
    '/oauth',
    '/avatars',
    '/headers',
    '/metrics',
    '/auth/sign_in',
    '/auth/sign_up',
    '/auth/sign_out',
    '/auth/sessions',
];

export default defineConfig({
    resolve: {
        alias: { '~': fileURLToPath(new URL('./src', import.meta.url)) },
    },
    esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
    plugins: [serviceWorker(), precompress()],
    build: {
        target: 'es2022',
        manifest: true,
        // Fonts and pictures stay files of their own: the page's policy allows no data: fonts.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
    },
    server: {
        proxy: Object.fromEntries(
            serversOwn.map((path) => [path, { target: server, ws: path === '/api' }]),
        ),
    },
});
