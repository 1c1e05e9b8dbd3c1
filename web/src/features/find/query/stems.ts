/** Endings of words that are else the same, in the languages that are written here most. */
const INFLECTIONS = new Set(
    "'s ’s s es e ed d ing ings y ies ied ly ily n en t te ten st et em ern a o os as i".split(' '),
);
const DERIVATIONS = new Set(
    (
        'er ers or ors est ier iest al ally able ably ation ations ion ions ions ity ities ive ' +
        'ness iness ful fully less ment ments ism ist ists ung ungen lich liche lichen end ende ' +
        'enden heit keit isch ische ischen in innen ar ir ando iendo ado ada ados adas mente ' +
        'ons ez ent ait aient eur eurs euse eux'
    ).split(' '),
);
/** Of a short word little may be changed before it is another one. */
const OF_SHORT = new Set(["'s", '’s', '', 's', 'es', 'ed', 'ing', 'e', 'y', 'ies', 'ied']);
const Y_ENDINGS = new Set(['y', 'ies', 'ied']);

function commonLength(a: string, b: string): number {
    let length = 0;
    while (length < a.length && length < b.length && a[length] === b[length]) {
        length += 1;
    }
    return length;
}

/** What follows the stem; a consonant doubled before an ending belongs to the stem: run, running. */
function endingOf(word: string, length: number): string {
    const ending = word.slice(length);
    const last = word[length - 1] ?? '';
    const isDoubled = ending.length > 1 && ending[0] === last && !/[aeiou]/.test(last);
    return isDoubled ? ending.slice(1) : ending;
}

/**
 * Whether two folded words look like forms of one. The server knows by the stemmers of the languages;
 * this guesses by what the words begin and end with, which is enough to show what was found.
 */
export function sharesStem(a: string, b: string): boolean {
    if (a === b) {
        return true;
    }
    const length = commonLength(a, b);
    const endings = [endingOf(a, length), endingOf(b, length)] as const;
    if (length >= 2 && endings.every((ending) => Y_ENDINGS.has(ending))) {
        return true;
    }
    const stem = a.slice(0, length);
    if (
        length < 3 ||
        !/[aeiouyа-я]/.test(stem) ||
        (endings.includes('d') && !/[^aeiou]e$/.test(stem))
    ) {
        return false;
    }
    if (length === 3) {
        // "care" is no form of "car", but "making" is one of "make".
        const isOtherWord = endings.includes('') && endings.includes('e');
        return !isOtherWord && endings.every((ending) => OF_SHORT.has(ending));
    }
    return endings.every(
        (ending) =>
            ending === '' || INFLECTIONS.has(ending) || (length >= 5 && DERIVATIONS.has(ending)),
    );
}
