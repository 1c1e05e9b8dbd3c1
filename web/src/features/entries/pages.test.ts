import { describe, expect, it } from 'vitest';
import { fail, succeed, type Outcome } from '~/api/failure';
import { Pages } from './pages';

/** A list of letters on a server, two a page. */
function stage(letters: string) {
    const server = { letters: [...letters], isAway: false };
    const asked: number[] = [];
    const ask = async (offset: number, limit: number): Promise<Outcome<string[]>> => {
        asked.push(offset);
        return server.isAway
            ? fail({ kind: 'offline' })
            : succeed(server.letters.slice(offset, offset + limit));
    };
    return { server, asked, pages: new Pages<string>(2, ask, (letter) => letter) };
}

const shown = (pages: Pages<string>): string | undefined => pages.items.value?.join('');

describe('Pages', () => {
    it('go on until a short one', async () => {
        const { pages } = stage('abc');
        expect(pages.items.value).toBeNull();
        expect(pages.hasMore).toBe(false);
        await pages.start();
        expect([shown(pages), pages.hasMore]).toEqual(['ab', true]);
        await pages.more();
        expect([shown(pages), pages.hasMore]).toEqual(['abc', false]);
    });

    it('show nothing twice that has moved on to the next page', async () => {
        const { server, pages } = stage('abcd');
        await pages.start();
        server.letters.unshift('z');
        await pages.more();
        expect(shown(pages)).toBe('abc');
    });

    it('ask once however often one presses', async () => {
        const { asked, pages } = stage('abcd');
        await Promise.all([pages.start(), pages.start()]);
        await Promise.all([pages.more(), pages.more()]);
        expect(asked).toEqual([0, 2]);
    });

    it('keep what there is on failure, and try again from there', async () => {
        const { server, asked, pages } = stage('abcd');
        server.isAway = true;
        await pages.start();
        expect([pages.items.value, pages.failure.value?.kind]).toEqual([null, 'offline']);
        server.isAway = false;
        await pages.more();
        server.isAway = true;
        await pages.more();
        expect([shown(pages), pages.failure.value?.kind]).toEqual(['ab', 'offline']);
        server.isAway = false;
        await pages.more();
        expect([shown(pages), pages.failure.value]).toEqual(['abcd', null]);
        expect(asked).toEqual([0, 0, 2, 2]);
    });
});
