import { fold } from './fold';

/** A word or an emoji of a text: where it stands, and what it is the same as. */
export interface TextWord {
    begin: number;
    end: number;
    folded: string;
}

const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;
const PLAIN_WORD = /[\p{L}\p{M}\p{N}_]+(?:['’.][\p{L}\p{M}\p{N}_]+)*/gu;
/** What French and its kin write before a word: l'été, qu'un, dell'arte. */
const ARTICLE = /^(?:[cdjlmnst]|qu|un|del+|al+)['’](?=[\p{L}])/iu;
const SPACELESS =
    /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** Whether words of this script follow one another without a space. */
export function isSpaceless(text: string): boolean {
    return SPACELESS.test(text);
}

let segmenter: Intl.Segmenter | null = null;

function* segmentsOf(text: string): Generator<{ begin: number; word: string }> {
    if (!('Segmenter' in Intl)) {
        for (const match of text.matchAll(PLAIN_WORD)) {
            yield { begin: match.index, word: match[0] };
        }
        return;
    }
    segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
    for (const { segment, index, isWordLike } of segmenter.segment(text)) {
        if (isWordLike === true || EMOJI.test(segment)) {
            // To some versions of ICU the sign is a letter.
            for (const part of segment.matchAll(/[^@]+/g)) {
                yield { begin: index + part.index, word: part[0] };
            }
        }
    }
}

/** The words of a text in order, cut as the server cuts them (src/discover/text/words.h). */
export function wordsOf(text: string): TextWord[] {
    const words: TextWord[] = [];
    for (const { begin, word } of segmentsOf(text)) {
        const bare = word.replace(/_+$/, '');
        const skipped = (/^_+/.exec(bare) ?? ARTICLE.exec(bare))?.[0].length ?? 0;
        const folded = fold(bare.slice(skipped));
        if (folded !== '') {
            words.push({ begin: begin + skipped, end: begin + bare.length, folded });
        }
    }
    return words;
}
