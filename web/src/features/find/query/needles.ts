import { fold } from './fold';
import { queryTokens, type QueryToken } from './query_tokens';
import { isSpaceless, wordsOf } from './words';

/** What is looked for in texts. */
export interface Needle {
    /** Folded words that stand side by side. */
    words: string[];
    /** The last of them may be the beginning of a longer one. */
    isPrefix: boolean;
    /** Other forms of the word count, too. */
    hasForms: boolean;
    /** It may stand inside of what looks like one word: scripts without spaces. */
    isAnywhere: boolean;
}

/** One letter begins too many words, but an ideograph is half a word. */
function mayBePrefix(folded: string): boolean {
    return isSpaceless(folded) || [...folded].length > 1;
}

function needleOf(
    { text, isQuoted, end }: QueryToken,
    query: string,
    begins: boolean,
): Needle | null {
    const found = wordsOf(text);
    const last = found.at(-1);
    if (last === undefined) {
        return null;
    }
    const isName = /^[@#＠＃]/.test(text);
    const isUnfinished = end === query.length && last.end === text.length && !isQuoted && !isName;
    const isOneWord = found.length === 1;
    return {
        words: found.map(({ folded }) => folded),
        isPrefix: (begins || isUnfinished) && mayBePrefix(last.folded),
        hasForms: isOneWord && !isQuoted && !isName && !begins,
        isAnywhere: isSpaceless(text),
    };
}

function needlesOf(query: string, begins: boolean): Needle[] {
    return queryTokens(query)
        .filter(({ key, isNegated }) => key === null && !isNegated)
        .flatMap((token) => needleOf(token, query, begins) ?? []);
}

/** What to look for in posts; a space at the end of the query says that its last word is whole. */
export function postNeedles(query: string): Needle[] {
    return needlesOf(query, false);
}

/** What to look for in names and hashtags: each word may be the beginning of one of theirs. */
export function nameNeedles(query: string): Needle[] {
    return needlesOf(query, true);
}

/** The needle as it stands in a script without spaces: without any. */
export function joined(needle: Needle): string {
    return fold(needle.words.join(''));
}
