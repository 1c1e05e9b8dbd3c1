import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rollup } from 'vite';

const ENTRY = fileURLToPath(new URL('../src/service_worker/main.ts', import.meta.url));
/** What only few people need is not fetched for everybody. */
const NOT_KEPT = /\/(plot|live_page)-/;

/** Makes sw.js, which knows by name all files of this very build. */
export function serviceWorker(): Plugin {
    return {
        name: 'service-worker',
        apply: 'build',
        generateBundle: {
            order: 'post',
            async handler(_, bundle) {
                const files = Object.keys(bundle)
                    .filter((name) => name.startsWith('assets/') && !NOT_KEPT.test(name))
                    .map((name) => `/${name}`)
                    .sort();
                const version = createHash('sha256').update(files.join()).digest('hex');
                const built = (await build({
                    configFile: false,
                    logLevel: 'warn',
                    publicDir: false,
                    define: {
                        APP_FILES: JSON.stringify(files),
                        APP_VERSION: JSON.stringify(version.slice(0, 12)),
                    },
                    build: {
                        write: false,
                        target: 'es2022',
                        lib: { entry: ENTRY, formats: ['iife'], name: 'worker' },
                    },
                })) as Rollup.RollupOutput[];
                const source = built[0]?.output[0].code;
                if (source === undefined) {
                    throw new Error('the service worker was not built');
                }
                this.emitFile({ type: 'asset', fileName: 'sw.js', source });
            },
        },
    };
}
