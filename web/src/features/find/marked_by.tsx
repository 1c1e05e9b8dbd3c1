import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { Marking } from '~/marking/marking';
import { markerOf } from './query/find_marks';
import { nameNeedles, postNeedles } from './query/needles';

interface Props {
    query: string;
    /** What is below: posts, found by their texts; or people and hashtags, found by their names. */
    in: 'posts' | 'names';
    children: ComponentChildren;
}

/** Marks below what the query found. */
export function MarkedBy({ query, in: where, children }: Props) {
    const markers = useMemo(() => {
        if (where === 'posts') {
            return { inTexts: markerOf(postNeedles(query)), inNames: null };
        }
        const marker = markerOf(nameNeedles(query));
        return { inTexts: marker, inNames: marker };
    }, [query, where]);
    return <Marking.Provider value={markers}>{children}</Marking.Provider>;
}
