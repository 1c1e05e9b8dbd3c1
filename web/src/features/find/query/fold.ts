const MARKED_LETTER = /([\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])(\p{Mn}+)/gu;
/** Vowel points of Arabic and Hebrew; skin tones and presentation of emoji. */
const POINTS =
    /[\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u064B-\u065F\u0670\uFE0E\uFE0F\u{1F3FB}-\u{1F3FF}]/gu;
/** Letters of their own, not letters with a mark: й, ў, ї. */
const WHOLE = new Set(['и\u0306', 'у\u0306', 'і\u0308']);

/**
 * Two words that fold to the same are the same to a searcher, as the server sees it
 * (src/discover/text/fold.h): without case, compatibility forms and diacritics.
 */
export function fold(text: string): string {
    return text
        .normalize('NFKC')
        .toLowerCase()
        .replaceAll('ß', 'ss')
        .replaceAll('ς', 'σ')
        .normalize('NFD')
        .replace(MARKED_LETTER, (_, letter: string, marks: string) => {
            const whole = letter + marks.charAt(0);
            return WHOLE.has(whole) ? whole : letter;
        })
        .replace(POINTS, '')
        .normalize('NFC');
}
