import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { Plugin } from 'vite';

const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);

const COMPRESSES_WELL = /\.(html|js|css|svg|json|webmanifest|txt)$/;
/** Below this the headers of an answer weigh more than what is saved. */
const BYTES_MIN = 600;

async function* filesBelow(folder: string): AsyncGenerator<string> {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
        const name = path.join(folder, entry.name);
        if (entry.isDirectory()) {
            yield* filesBelow(name);
        } else {
            yield name;
        }
    }
}

/** Puts a .br and a .gz beside every text file, so that the server never compresses. */
export function precompress(): Plugin {
    let folder = 'dist';
    return {
        name: 'precompress',
        apply: 'build',
        configResolved(config) {
            folder = path.resolve(config.root, config.build.outDir);
        },
        async closeBundle() {
            for await (const name of filesBelow(folder)) {
                if (!COMPRESSES_WELL.test(name)) {
                    continue;
                }
                const content = await readFile(name);
                if (content.length < BYTES_MIN) {
                    continue;
                }
                await writeFile(`${name}.gz`, await gzip(content, { level: 9 }));
                await writeFile(
                    `${name}.br`,
                    await brotli(content, {
                        params: { [zlib.constants.BROTLI_PARAM_SIZE_HINT]: content.length },
                    }),
                );
            }
        },
    };
}
