import { compareIds } from '~/store/ids';

/** What the tree needs to know of a post. */
export interface ThreadPost {
    id: string;
    parentId: string | null;
    authorId: string;
    /** As the server counts them, whether they are told or not. */
    replies?: number;
}

/** A conversation around the opened post. Every id that is reachable is reachable once. */
export interface ThreadTree {
    opened: string;
    /** What the opened post answers, the first post of all first. */
    ancestors: readonly string[];
    /** The answers to each post; those of the opened post include what lost its parent. */
    children: ReadonlyMap<string, readonly string[]>;
    parents: ReadonlyMap<string, string>;
    /** How many posts are below each, at any depth. */
    counts: ReadonlyMap<string, number>;
}

const GAP = 'gap:';

/** Whether the id stands for a post that is not there: deleted, or not for this reader. */
export function isGap(id: string): boolean {
    return id.startsWith(GAP);
}

/**
 * Replies to the same missing post stay together below one gap. Whose parent is not even named any
 * more has a gap of its own.
 */
function gapFor(post: ThreadPost): string {
    return GAP + (post.parentId ?? `before-${post.id}`);
}

/** Answers of the conversation's author to themselves come first: they go on with the text. */
function orderOf(author: string, posts: ReadonlyMap<string, ThreadPost>) {
    const rank = (id: string, parent: string): number => {
        const isOwn = posts.get(id)?.authorId === author && posts.get(parent)?.authorId === author;
        return isOwn ? 0 : 1;
    };
    const age = (id: string): string => (isGap(id) ? id.slice(GAP.length) : id);
    return (parent: string) => (a: string, b: string) =>
        rank(a, parent) - rank(b, parent) || compareIds(age(a), age(b));
}

/** From the opened post down; what is not reached (posts that answer in a circle) is missing in it. */
function reach(start: string, children: ReadonlyMap<string, string[]>): string[] {
    const reached = [start];
    for (const id of reached) {
        reached.push(...(children.get(id) ?? []));
    }
    return reached;
}

/**
 * The tree of a post's context as the API answers it. Posts that are named twice count once, and
 * whatever the parents say, no post is lost and none is its own ancestor.
 */
export function buildTree(
    opened: ThreadPost,
    ancestors: readonly ThreadPost[],
    descendants: readonly ThreadPost[],
): ThreadTree {
    const above = new Set(ancestors.map(({ id }) => id));
    const posts = new Map([[opened.id, opened]]);
    for (const post of descendants) {
        if (!posts.has(post.id) && !above.has(post.id)) {
            posts.set(post.id, post);
        }
    }
    const children = new Map<string, string[]>();
    const adopt = (parent: string, child: string): void => {
        const list = children.get(parent);
        if (list === undefined) {
            children.set(parent, [child]);
        } else {
            list.push(child);
        }
    };
    for (const post of posts.values()) {
        if (post === opened) {
            continue;
        }
        if (post.parentId !== null && post.parentId !== post.id && posts.has(post.parentId)) {
            adopt(post.parentId, post.id);
            continue;
        }
        const gap = gapFor(post);
        if (!children.has(gap)) {
            adopt(opened.id, gap);
        }
        adopt(gap, post.id);
    }
    breakCircles(opened.id, posts, children);
    const order = orderOf((ancestors[0] ?? opened).authorId, posts);
    children.forEach((list, parent) => list.sort(order(parent)));
    return {
        opened: opened.id,
        ancestors: [...above],
        children,
        parents: parentsOf(children),
        counts: countsOf(opened.id, children),
    };
}

/** A circle is cut at its oldest post, which then answers the opened one. */
function breakCircles(
    opened: string,
    posts: ReadonlyMap<string, ThreadPost>,
    children: Map<string, string[]>,
): void {
    const reached = new Set(reach(opened, children));
    const lost = [...posts.keys()].filter((id) => !reached.has(id)).sort(compareIds);
    for (const id of lost) {
        if (reached.has(id)) {
            continue;
        }
        const parent = posts.get(id)?.parentId ?? '';
        children.set(
            parent,
            (children.get(parent) ?? []).filter((child) => child !== id),
        );
        children.set(opened, [...(children.get(opened) ?? []), id]);
        reach(id, children).forEach((one) => reached.add(one));
    }
}

function parentsOf(children: ReadonlyMap<string, readonly string[]>): Map<string, string> {
    const parents = new Map<string, string>();
    children.forEach((list, parent) => list.forEach((child) => parents.set(child, parent)));
    return parents;
}

/** Without recursion: a conversation may be thousands of posts deep. */
function countsOf(opened: string, children: Map<string, string[]>): Map<string, number> {
    const counts = new Map<string, number>();
    for (const id of reach(opened, children).reverse()) {
        let below = 0;
        for (const child of children.get(id) ?? []) {
            below += (isGap(child) ? 0 : 1) + (counts.get(child) ?? 0);
        }
        counts.set(id, below);
    }
    return counts;
}

/** A post with all that leads to it and all that follows from it. */
export function branchOf(tree: ThreadTree, id: string): Set<string> {
    const branch = new Set<string>();
    const queue = [id];
    for (const one of queue) {
        branch.add(one);
        queue.push(...(tree.children.get(one) ?? []));
    }
    for (let up = tree.parents.get(id); up !== undefined; up = tree.parents.get(up)) {
        branch.add(up);
    }
    return branch;
}
