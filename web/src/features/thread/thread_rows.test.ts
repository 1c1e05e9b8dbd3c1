import { describe, expect, it } from 'vitest';
import { DEPTH_MAX, rowsOf, WIDTH_MAX, type ThreadView } from './thread_rows';
import { buildTree, type ThreadPost } from './thread_tree';

function post(id: number, parent: number | null): ThreadPost {
    return {
        id: String(id),
        parentId: parent === null ? null : String(parent),
        authorId: `by${id}`,
    };
}

const OPEN: ThreadView = { folded: new Set(), widened: new Set() };
const folded = (...ids: string[]): ThreadView => ({ ...OPEN, folded: new Set(ids) });
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** 1 ← 2 ← 3, 1 ← 4 */
const small = buildTree(post(1, null), [], [post(2, 1), post(3, 2), post(4, 1)]);

describe('rowsOf', () => {
    it('reads from top to bottom, each answer below what it answers', () => {
        expect(rowsOf(small, OPEN).map(({ id, depth }) => [id, depth])).toEqual([
            ['1', 0],
            ['2', 1],
            ['3', 2],
            ['4', 1],
        ]);
    });

    it('begins with the ancestors, which are not indented', () => {
        const tree = buildTree(post(3, 2), [post(1, null), post(2, 1)], [post(4, 3)]);
        expect(rowsOf(tree, OPEN).map(({ id, kind, depth }) => [id, kind, depth])).toEqual([
            ['1', 'ancestor', 0],
            ['2', 'ancestor', 0],
            ['3', 'opened', 0],
            ['4', 'reply', 1],
        ]);
    });

    it('lets the line of a branch go on as long as it has more answers', () => {
        expect(rowsOf(small, OPEN).map(({ lines }) => lines)).toEqual([
            [],
            [true],
            [true, false],
            [false],
        ]);
    });

    it('puts away what is below a folded post, and says how much', () => {
        const rows = rowsOf(small, folded('2'));
        expect(rows.map(({ id }) => id)).toEqual(['1', '2', '4']);
        expect(rows[1]).toMatchObject({ isFolded: true, below: 1, hasShown: false });
    });

    it('folds nothing where there is nothing', () => {
        expect(rowsOf(small, folded('4')).at(-1)).toMatchObject({ isFolded: false, below: 0 });
    });

    it('keeps an inner fold when the outer one is opened again', () => {
        const tree = buildTree(post(1, null), [], [post(2, 1), post(3, 2), post(4, 3)]);
        expect(rowsOf(tree, folded('2', '3'))).toHaveLength(2);
        expect(rowsOf(tree, folded('3')).map(({ id }) => id)).toEqual(['1', '2', '3']);
    });

    it('shows all answers to the opened post, but only some to a comment', () => {
        const wide = range(20).map((index) => post(index + 10, 1));
        expect(rowsOf(buildTree(post(1, null), [], wide), OPEN)).toHaveLength(21);

        const nested = buildTree(
            post(1, null),
            [],
            [post(2, 1), ...range(20).map((index) => post(index + 10, 2)), post(99, 29)],
        );
        const rows = rowsOf(nested, OPEN);
        expect(rows).toHaveLength(2 + (WIDTH_MAX - 1) + 1);
        // Fifteen answers and what is below one of them.
        expect(rows.at(-1)).toMatchObject({ kind: 'more', id: '2', depth: 2, below: 16 });
        expect(rows.at(-2)?.lines).toEqual([false, true]);
        const widened = rowsOf(nested, { ...OPEN, widened: new Set(['2']) });
        expect(widened).toHaveLength(23);
        expect(widened.every(({ kind }) => kind !== 'more')).toBe(true);
    });

    it('does not put a single answer behind "show more"', () => {
        const answers = range(WIDTH_MAX).map((index) => post(index + 10, 2));
        const tree = buildTree(post(1, null), [], [post(2, 1), ...answers]);
        expect(rowsOf(tree, OPEN)).toHaveLength(2 + WIDTH_MAX);
    });

    it('shows what is lit although it would not fit', () => {
        const answers = range(20).map((index) => post(index + 10, 2));
        const tree = buildTree(post(1, null), [], [post(2, 1), ...answers]);
        const rows = rowsOf(tree, { ...OPEN, lit: new Set(['29']) });
        expect(rows.map(({ id }) => id)).toContain('29');
        expect(rows.at(-1)).toMatchObject({ kind: 'more', below: 14 });
    });

    it('shows ten levels, and a way to what is deeper', () => {
        const chain = range(15).map((index) => post(index + 2, index + 1));
        const rows = rowsOf(buildTree(post(1, null), [], chain), OPEN);
        expect(rows.filter(({ kind }) => kind === 'reply')).toHaveLength(DEPTH_MAX);
        expect(rows.at(-1)).toMatchObject({ kind: 'deeper', id: '11', below: 5 });
    });

    it('has a row for a missing post', () => {
        const tree = buildTree(post(1, null), [], [post(5, 3)]);
        expect(rowsOf(tree, OPEN).map(({ kind }) => kind)).toEqual(['opened', 'gap', 'reply']);
    });

    it('gives every row a key of its own', () => {
        const chain = range(15).map((index) => post(index + 2, index + 1));
        const rows = rowsOf(buildTree(post(1, null), [], chain), OPEN);
        expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
    });

    it('is quick with five thousand comments', () => {
        const many = range(5_000).map((index) => post(index + 2, 1 + Math.floor(index / 3)));
        const tree = buildTree(post(1, null), [], many);
        expect(tree.counts.get('1')).toBe(5_000);
        expect(rowsOf(tree, OPEN).length).toBeGreaterThan(1_000);
    });
});
