import { queryTokens, type QueryToken } from './query_tokens';

export interface QueryProblem {
    /** What the server says is wrong. */
    message: string;
    /** The piece of the query that it is about, if it names one. */
    piece: { text: string; begin: number; end: number } | null;
}

/** Whether the server would say so of this piece; of several that have the operator, which one. */
function mayBeMeant({ key, text, isNegated }: QueryToken, message: string): boolean {
    return key !== null && text !== '' && (isNegated || !message.includes('cannot be negated'));
}

/** What the server refused, and where it was typed: its messages begin with the operator. */
export function problemAt(query: string, message: string): QueryProblem {
    const words = message.replace(/^Validation failed: /, '');
    const named = /^([a-z]+): /.exec(words)?.[1];
    const meant = queryTokens(query).filter(
        (token) => token.key !== null && token.key === named && mayBeMeant(token, words),
    );
    // With several of one kind the last one is the newest, and has the mistake most of the time.
    const token = meant.at(-1);
    return {
        message: words,
        piece:
            token === undefined
                ? null
                : {
                      text: query.slice(token.begin, token.end),
                      begin: token.begin,
                      end: token.end,
                  },
    };
}
