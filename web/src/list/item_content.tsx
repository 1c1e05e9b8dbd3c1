import type { ComponentChildren, VNode } from 'preact';
import { useRef } from 'preact/hooks';

interface ContentProps {
    id: string;
    render: (id: string) => ComponentChildren;
}

/** A component of its own: what it reads draws it anew, and not the list. */
function Content({ id, render }: ContentProps) {
    return <>{render(id)}</>;
}

/** The same node for the same item each time: when the list only moves, no item is drawn anew. */
export function useContents(render: ContentProps['render']): (id: string) => VNode {
    const kept = useRef({ render, before: new Map<string, VNode>() });
    const now = new Map<string, VNode>();
    const before = kept.current.render === render ? kept.current.before : now;
    // Those of items that are not drawn any more are let go.
    kept.current = { render, before: now };
    return (id) => {
        const node = before.get(id) ?? <Content id={id} render={render} />;
        now.set(id, node);
        return node;
    };
}
