import { queryTokens, type Operator } from './query_tokens';

/** What is being typed: query.slice(begin, end) is what a completion takes the place of. */
export type TypedPart = { begin: number; end: number; typed: string } & (
    { kind: 'word' | 'mention' | 'tag' } | { kind: 'value'; key: Operator }
);

/** The piece of the query that ends at the caret; null if none does, or nothing can complete it. */
export function partAt(query: string, caret: number): TypedPart | null {
    const token = queryTokens(query).find(({ end }) => end === caret);
    if (token === undefined || token.isQuoted) {
        return null;
    }
    const { key, text, end } = token;
    const part = { begin: end - text.length, end, typed: text };
    if (key !== null) {
        return { ...part, kind: 'value', key };
    }
    const kind = text.startsWith('@') ? 'mention' : text.startsWith('#') ? 'tag' : 'word';
    return { ...part, kind };
}

export interface Completed {
    query: string;
    caret: number;
}

/** The query with that part completed, and the caret behind it: after a space if it is whole. */
export function completed(
    query: string,
    part: { begin: number; end: number },
    completion: string,
    isWhole: boolean,
): Completed {
    const rest = query.slice(part.end);
    const begun = query.slice(0, part.begin) + completion;
    const gap = isWhole && !/^\s/.test(rest) ? ' ' : '';
    return { query: begun + gap + rest, caret: begun.length + (isWhole ? 1 : 0) };
}

/** The query with an operator to be filled in at its end. */
export function withOperator(query: string, operator: string): Completed {
    const begun = query === '' || /\s$/.test(query) ? query : `${query} `;
    return { query: begun + operator, caret: begun.length + operator.length };
}
