import { isGap, type ThreadTree } from './thread_tree';

/** So many levels are indented below the opened post; what is deeper has a page of its own. */
export const DEPTH_MAX = 10;
/** Of so many answers to a comment the rest is behind "show more". */
export const WIDTH_MAX = 6;

/** One line of the conversation as it stands on the page, from top to bottom. */
export interface ThreadRow {
    key: string;
    /**
     * `more`: answers to `id` that are not shown yet; `deeper`: those that are too deep to be shown
     * here; `gap`: a post that is missing.
     */
    kind: 'ancestor' | 'opened' | 'reply' | 'gap' | 'more' | 'deeper';
    id: string;
    depth: number;
    /** For each level above: whether its branch goes on below this row. */
    lines: readonly boolean[];
    /** Posts below; for `more` and `deeper`: those that are not shown. */
    below: number;
    isFolded: boolean;
    /** Whether its own branch goes on below it on the page. */
    hasShown: boolean;
}

export interface ThreadView {
    /** Posts whose answers are put away. */
    folded: ReadonlySet<string>;
    /** Posts all of whose answers are shown, however many. */
    widened: ReadonlySet<string>;
    /** Posts that are shown although their parent has more answers than fit. */
    lit?: ReadonlySet<string>;
}

interface Step {
    id: string;
    depth: number;
    lines: boolean[];
    /** Answers to `id` behind "show more" instead of the post itself. */
    hidden?: number;
}

/** The rows of the tree in the order in which one reads it. */
export function rowsOf(tree: ThreadTree, view: ThreadView): ThreadRow[] {
    const rows: ThreadRow[] = tree.ancestors.map((id) => ({
        key: id,
        kind: 'ancestor',
        id,
        depth: 0,
        lines: [],
        below: 0,
        isFolded: false,
        hasShown: true,
    }));
    const steps: Step[] = [{ id: tree.opened, depth: 0, lines: [] }];
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
        if (step.hidden !== undefined) {
            rows.push(linkRow('more', step, step.hidden));
            continue;
        }
        const next = stepsBelow(tree, view, step);
        const below = tree.counts.get(step.id) ?? 0;
        const isFolded = view.folded.has(step.id) && below > 0;
        const isTooDeep = step.depth >= DEPTH_MAX && below > 0;
        rows.push({
            key: step.id,
            kind: step.depth === 0 ? 'opened' : isGap(step.id) ? 'gap' : 'reply',
            id: step.id,
            depth: step.depth,
            lines: step.lines,
            below,
            isFolded,
            hasShown: !isFolded && below > 0,
        });
        if (isFolded) {
            continue;
        }
        if (isTooDeep) {
            const here = { id: step.id, depth: step.depth + 1, lines: [...step.lines, false] };
            rows.push(linkRow('deeper', here, below));
            continue;
        }
        steps.push(...next.reverse());
    }
    return rows;
}

function stepsBelow(tree: ThreadTree, view: ThreadView, { id, depth, lines }: Step): Step[] {
    const all = tree.children.get(id) ?? [];
    const isLimited = depth > 0 && !view.widened.has(id) && all.length > WIDTH_MAX;
    const shown = isLimited
        ? all.filter((child, index) => index < WIDTH_MAX - 1 || view.lit?.has(child) === true)
        : all;
    let hidden = 0;
    if (shown.length < all.length) {
        const isShown = new Set(shown);
        for (const child of all) {
            hidden += isShown.has(child) ? 0 : 1 + (tree.counts.get(child) ?? 0);
        }
    }
    const steps: Step[] = shown.map((child, index) => ({
        id: child,
        depth: depth + 1,
        lines: [...lines, hidden > 0 || index < shown.length - 1],
    }));
    if (hidden > 0) {
        steps.push({ id, depth: depth + 1, lines: [...lines, false], hidden });
    }
    return steps;
}

function linkRow(kind: 'more' | 'deeper', { id, depth, lines }: Step, below: number): ThreadRow {
    return {
        key: `${kind}:${id}`,
        kind,
        id,
        depth,
        lines,
        below,
        isFolded: false,
        hasShown: false,
    };
}
