import { describe, expect, it } from 'vitest';
import { branchOf, buildTree, isGap, type ThreadPost } from './thread_tree';

function post(id: number, parent: number | null, author = `by${id}`): ThreadPost {
    return { id: String(id), parentId: parent === null ? null : String(parent), authorId: author };
}

const children = (tree: ReturnType<typeof buildTree>, id: string): readonly string[] =>
    tree.children.get(id) ?? [];

describe('buildTree', () => {
    it('is one post alone if nobody answered', () => {
        const tree = buildTree(post(1, null), [], []);
        expect(children(tree, '1')).toEqual([]);
        expect(tree.counts.get('1')).toBe(0);
    });

    it('nests answers by their parents, in whatever order they come', () => {
        const tree = buildTree(post(1, null), [], [post(4, 3), post(2, 1), post(5, 1), post(3, 2)]);
        expect(children(tree, '1')).toEqual(['2', '5']);
        expect(children(tree, '2')).toEqual(['3']);
        expect(children(tree, '3')).toEqual(['4']);
        expect(tree.parents.get('4')).toBe('3');
    });

    it('counts what is below at any depth', () => {
        const tree = buildTree(post(1, null), [], [post(2, 1), post(3, 2), post(4, 3), post(5, 1)]);
        expect([...'12345'].map((id) => tree.counts.get(id))).toEqual([4, 2, 1, 0, 0]);
    });

    it('orders answers by time, and shorter ids are older', () => {
        const tree = buildTree(post(1, null), [], [post(10, 1), post(9, 1), post(100, 1)]);
        expect(children(tree, '1')).toEqual(['9', '10', '100']);
    });

    it('puts what the author adds to their own text first', () => {
        const tree = buildTree(
            post(1, null, 'ada'),
            [],
            [post(2, 1, 'bob'), post(3, 1, 'ada'), post(4, 2, 'ada'), post(5, 2, 'eve')],
        );
        expect(children(tree, '1')).toEqual(['3', '2']);
        // Ada's answer to Bob is a comment like others.
        expect(children(tree, '2')).toEqual(['4', '5']);
    });

    it('takes the author of the first post for that, not that of the opened one', () => {
        const tree = buildTree(
            post(2, 1, 'bob'),
            [post(1, null, 'ada')],
            [post(3, 2, 'eve'), post(4, 2, 'bob')],
        );
        expect(children(tree, '2')).toEqual(['3', '4']);
        expect(tree.ancestors).toEqual(['1']);
    });

    it('keeps answers to a missing post together below a gap', () => {
        const tree = buildTree(
            post(1, null),
            [],
            [post(5, 3), post(2, 1), post(6, 3), post(7, 5), post(9, 1)],
        );
        const [, gap = ''] = children(tree, '1');
        expect(isGap(gap)).toBe(true);
        expect(children(tree, '1')).toEqual(['2', gap, '9']);
        expect(children(tree, gap)).toEqual(['5', '6']);
        expect(tree.counts.get(gap)).toBe(3);
        // The gap is not a post.
        expect(tree.counts.get('1')).toBe(5);
    });

    it('gives each post whose parent is not named any more a gap of its own', () => {
        const tree = buildTree(post(1, null), [], [post(5, null), post(6, null)]);
        const gaps = children(tree, '1');
        expect(gaps).toHaveLength(2);
        expect(gaps.flatMap((gap) => children(tree, gap))).toEqual(['5', '6']);
    });

    it('does not show an ancestor or the opened post again among the answers', () => {
        const tree = buildTree(
            post(2, 1),
            [post(1, null)],
            [post(1, null), post(2, 1), post(3, 2), post(3, 2)],
        );
        expect(children(tree, '2')).toEqual(['3']);
        expect(tree.counts.get('2')).toBe(1);
    });

    it('cuts circles and loses nobody', () => {
        const tree = buildTree(
            post(1, null),
            [],
            [post(2, 4), post(3, 2), post(4, 3), post(5, 4), post(6, 6)],
        );
        expect(tree.counts.get('1')).toBe(5);
        expect(children(tree, '1')).toContain('2');
        expect(children(tree, '2')).toEqual(['3']);
        expect(children(tree, '3')).toEqual(['4']);
        expect(children(tree, '4')).toEqual(['5']);
    });

    it('builds a chain of thousands without a stack overflow', () => {
        const chain = Array.from({ length: 20_000 }, (_, index) => post(index + 2, index + 1));
        expect(buildTree(post(1, null), [], chain).counts.get('1')).toBe(20_000);
    });
});

describe('branchOf', () => {
    it('is what leads to a post and what follows from it', () => {
        const tree = buildTree(
            post(1, null),
            [],
            [post(2, 1), post(3, 2), post(4, 2), post(5, 3), post(6, 1)],
        );
        expect([...branchOf(tree, '3')].sort()).toEqual(['1', '2', '3', '5']);
    });
});
