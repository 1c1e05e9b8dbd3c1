// Says what the first view weighs, and fails when it outgrows its budget. The first view is the entry,
// which has the home feed and the landing page in it, and all that it imports.
import { readFileSync, statSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

const SCRIPT_BYTES_MAX = 120 * 1024;
const STYLE_BYTES_MAX = 30 * 1024;
const FIRST_VIEW = ['index.html'];

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

const scripts = new Set();
const styles = new Set();
function collect(key) {
    const chunk = manifest[key];
    if (chunk === undefined) {
        throw new Error(`size: the build has no ${key}`);
    }
    if (scripts.has(chunk.file)) {
        return;
    }
    scripts.add(chunk.file);
    (chunk.css ?? []).forEach((file) => styles.add(file));
    (chunk.imports ?? []).forEach(collect);
}
FIRST_VIEW.forEach(collect);

/** What goes over the wire: the file beside it that the build compressed, if there is one. */
function compressedBytes(file) {
    try {
        return statSync(new URL(`${file}.br`, dist)).size;
    } catch {
        return brotliCompressSync(readFileSync(new URL(file, dist))).length;
    }
}

function report(what, files, bytesMax) {
    let total = 0;
    for (const file of files) {
        const bytes = compressedBytes(file);
        total += bytes;
        console.log(`  ${String(bytes).padStart(7)}  ${file}`);
    }
    console.log(`${what} of the first view: ${total} of at most ${bytesMax} bytes, compressed\n`);
    return total <= bytesMax;
}

const fits = [
    report('Script', scripts, SCRIPT_BYTES_MAX),
    report('Style', styles, STYLE_BYTES_MAX),
];
if (fits.includes(false)) {
    console.error('size: the first view outgrew its budget');
    process.exit(1);
}
