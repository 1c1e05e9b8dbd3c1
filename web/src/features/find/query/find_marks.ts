import { distribute, type Marker, type Range } from '~/marking/ranges';
import { fold } from './fold';
import { joined, type Needle } from './needles';
import { sharesStem } from './stems';
import { wordsOf, type TextWord } from './words';

/** Of a word that begins with what was typed: as much of it as was typed. */
function beginningOf(text: string, word: TextWord, typed: string): Range {
    let end = word.begin;
    for (const letter of text.slice(word.begin, word.end)) {
        end += letter.length;
        if (fold(text.slice(word.begin, end)).startsWith(typed)) {
            // A mark that stands for itself belongs to its letter.
            const marks = /^\p{M}*/u.exec(text.slice(end, word.end))?.[0].length ?? 0;
            return { begin: word.begin, end: end + marks };
        }
    }
    return { begin: word.begin, end: word.end };
}

/** Where the needle is if its first word is this one. */
function matchAt(
    text: string,
    words: readonly TextWord[],
    at: number,
    needle: Needle,
): Range | null {
    const first = words[at];
    const last = words[at + needle.words.length - 1];
    if (first === undefined || last === undefined) {
        return null;
    }
    const wanted = needle.words.at(-1) ?? '';
    const isSame = needle.words
        .slice(0, -1)
        .every((word, index) => words[at + index]?.folded === word);
    if (!isSame) {
        return null;
    }
    if (last.folded === wanted || (needle.hasForms && sharesStem(last.folded, wanted))) {
        return { begin: first.begin, end: last.end };
    }
    if (needle.isPrefix && last.folded.startsWith(wanted)) {
        return { begin: first.begin, end: beginningOf(text, last, wanted).end };
    }
    return null;
}

/** Where the needle stands, whatever a dictionary thinks to be words there. */
function findAnywhere(text: string, needle: Needle): Range[] {
    let folded = '';
    const begins: number[] = [];
    const ends: number[] = [];
    let at = 0;
    for (const letter of text) {
        const one = fold(letter);
        for (let index = 0; index < one.length; ++index) {
            begins.push(at);
            ends.push(at + letter.length);
        }
        folded += one;
        at += letter.length;
    }
    const wanted = joined(needle);
    const ranges: Range[] = [];
    for (
        let hit = folded.indexOf(wanted);
        hit !== -1;
        hit = folded.indexOf(wanted, hit + wanted.length)
    ) {
        ranges.push({ begin: begins[hit] ?? 0, end: ends[hit + wanted.length - 1] ?? text.length });
    }
    return ranges;
}

/** In order, and made one where they meet. */
function merged(ranges: Range[]): Range[] {
    const all: Range[] = [];
    for (const range of ranges.sort((a, b) => a.begin - b.begin || a.end - b.end)) {
        const last = all.at(-1);
        if (last !== undefined && range.begin <= last.end) {
            last.end = Math.max(last.end, range.end);
        } else {
            all.push({ ...range });
        }
    }
    return all;
}

/** All places of all needles in a text: in order and apart. */
export function findMarks(text: string, needles: readonly Needle[]): Range[] {
    const words = wordsOf(text);
    const ranges: Range[] = [];
    for (const needle of needles) {
        if (needle.isAnywhere) {
            ranges.push(...findAnywhere(text, needle));
            continue;
        }
        words.forEach((_, at) => {
            const range = matchAt(text, words, at, needle);
            if (range !== null) {
                ranges.push(range);
            }
        });
    }
    return merged(ranges);
}

/** Null if there is nothing to look for. */
export function markerOf(needles: readonly Needle[]): Marker | null {
    return needles.length === 0
        ? null
        : (texts) => distribute(texts, findMarks(texts.join(''), needles));
}
