import { createContext, type ComponentChild } from 'preact';
import { useContext } from 'preact/hooks';
import { cut, type Marker, type Range } from './ranges';

/** What stands out below: what was searched for. Null: nothing. */
export interface Markers {
    /** In posts, and in what people say of themselves. */
    inTexts: Marker | null;
    /** In what people and hashtags are called. */
    inNames: Marker | null;
}

export const Marking = createContext<Markers>({ inTexts: null, inNames: null });

export function markedPieces(text: string, ranges: readonly Range[]): ComponentChild {
    return ranges.length === 0
        ? text
        : cut(text, ranges).map((piece, index) =>
              piece.isMarked ? <mark key={index}>{piece.text}</mark> : piece.text,
          );
}

/** A text in which stands out what was searched for. */
export function Marked({ text, as }: { text: string; as: 'text' | 'name' }) {
    const { inTexts, inNames } = useContext(Marking);
    const marker = as === 'text' ? inTexts : inNames;
    return <>{marker === null ? text : markedPieces(text, marker([text])[0] ?? [])}</>;
}
