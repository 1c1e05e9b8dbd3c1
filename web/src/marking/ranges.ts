/** A piece of a text: [begin, end). */
export interface Range {
    begin: number;
    end: number;
}

/**
 * Finds in texts that are read as one what is to stand out: for each of them the ranges, in order and
 * apart. A word may begin in one text and end in the next.
 */
export type Marker = (texts: readonly string[]) => (readonly Range[])[];

export interface Piece {
    text: string;
    isMarked: boolean;
}

/** The text in pieces, none of them empty; joined they are the text again. */
export function cut(text: string, ranges: readonly Range[]): Piece[] {
    const pieces: Piece[] = [];
    let at = 0;
    for (const { begin, end } of ranges) {
        if (begin > at) {
            pieces.push({ text: text.slice(at, begin), isMarked: false });
        }
        if (end > begin) {
            pieces.push({ text: text.slice(begin, end), isMarked: true });
        }
        at = Math.max(at, end);
    }
    if (at < text.length) {
        pieces.push({ text: text.slice(at), isMarked: false });
    }
    return pieces;
}

/** Ranges of the joined texts as ranges of each. What is only white space is left out. */
export function distribute(texts: readonly string[], ranges: readonly Range[]): Range[][] {
    let offset = 0;
    return texts.map((text) => {
        const begin = offset;
        offset += text.length;
        return ranges
            .filter((range) => range.begin < offset && range.end > begin)
            .map((range) => ({
                begin: Math.max(range.begin - begin, 0),
                end: Math.min(range.end - begin, text.length),
            }))
            .filter((range) => text.slice(range.begin, range.end).trim() !== '');
    });
}
