// Makes the icons of the installed app from the bird of the house: `node build/icons.mjs`. They are
// kept in the repository; run it when public/rook.svg changes.
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const folder = fileURLToPath(new URL('../public/icons/', import.meta.url));
const bird = await readFile(new URL('../public/rook.svg', import.meta.url), 'utf8');
// Systems cut maskable icons as they like: the ground fills all, the bird keeps to the middle.
const parts = bird.replace(/<\/?svg[^>]*>/g, '').replace(/<rect[^>]*>/, '');
const masked = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#0b665f"/><g transform="translate(9.6 9.6) scale(.7)">${parts}</g></svg>`;

const icons = [
    { name: 'icon-192', svg: bird, size: 192 },
    { name: 'icon-512', svg: bird, size: 512 },
    { name: 'maskable-512', svg: masked, size: 512 },
    { name: 'apple-touch', svg: masked, size: 180 },
];

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
for (const { name, svg, size } of icons) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const picture = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
    await page.setContent(
        `<style>body{margin:0}img{display:block;width:100vw}</style><img src="${picture}">`,
    );
    await page.screenshot({ path: `${folder}${name}.png`, omitBackground: true });
    await page.close();
}
await browser.close();
