/** A mention or hashtag that is being typed: `text[begin, end)`, with its sign. */
export interface TypedWord {
    kind: 'mention' | 'tag';
    begin: number;
    end: number;
    /** What was typed behind the sign. */
    query: string;
}

const MENTION =
    /(?:^|[^\p{L}\p{M}\p{N}_/=@])(@[0-9A-Za-z_][0-9A-Za-z_.-]*(?:@[\p{L}\p{N}._:-]*)?)$/u;
const TAG = /(?:^|[^\p{L}\p{M}\p{N}_/=)#])(#[\p{L}\p{M}\p{N}_·・\u200C]+)$/u;

/** The word that ends at the caret, if it wants completion. */
export function wordAt(text: string, caret: number): TypedWord | null {
    const before = text.slice(Math.max(0, caret - 300), caret);
    const mention = MENTION.exec(before)?.[1];
    const typed = mention ?? TAG.exec(before)?.[1];
    if (typed === undefined) {
        return null;
    }
    return {
        kind: mention === undefined ? 'tag' : 'mention',
        begin: caret - typed.length,
        end: caret,
        query: typed.slice(1),
    };
}

/** The text with the word completed, and where the caret is then: behind a space. */
export function complete(
    text: string,
    word: TypedWord,
    completion: string,
): { text: string; caret: number } {
    const rest = text.slice(word.end);
    const gap = /^\s/.test(rest) ? '' : ' ';
    const begin = text.slice(0, word.begin) + completion;
    return { text: begin + gap + rest, caret: begin.length + 1 };
}
