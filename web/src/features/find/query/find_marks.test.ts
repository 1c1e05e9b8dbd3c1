import { describe, expect, it } from 'vitest';
import { cut } from '~/marking/ranges';
import { findMarks, markerOf } from './find_marks';
import { nameNeedles, postNeedles } from './needles';

/** The text with what is marked in brackets. */
function marked(text: string, needles = postNeedles('')): string {
    return cut(text, findMarks(text, needles))
        .map((piece) => (piece.isMarked ? `[${piece.text}]` : piece.text))
        .join('');
}

const inPost = (query: string, text: string): string => marked(text, postNeedles(query));
const inName = (query: string, text: string): string => marked(text, nameNeedles(query));

describe('What is marked in a post', () => {
    it.each([
        ['loom ', 'A loom, a Loom and LOOMS.', 'A [loom], a [Loom] and [LOOMS].'],
        ['cafe ', 'Le Café et le cafe\u0301', 'Le [Café] et le [cafe\u0301]'],
        ['été ', "C'est l'été, qu'on aime", "C'est l'[été], qu'on aime"],
        ['STRASSE ', 'Die Straße hier', 'Die [Straße] hier'],
        ['поезд ', 'Поезд ушёл', '[Поезд] ушёл'],
        ['ушел ', 'Поезд ушёл', 'Поезд [ушёл]'],
        ['мой ', 'мои и мой', 'мои и [мой]'],
        ['run ', 'He runs, she is running, they ran.', 'He [runs], she is [running], they ran.'],
        ['ada ', 'Ada’s and Ada_ and adamant', '[Ada’s] and [Ada]_ and adamant'],
        ['🦆 ', 'a duck🦆!', 'a duck[🦆]!'],
    ])('%j in %j', (query, text, expected) => {
        expect(inPost(query, text)).toBe(expected);
    });

    it('is the beginning of a word only while the last one is being typed', () => {
        expect(inPost('engin', 'engineers and engines')).toBe('[engin]eers and [engines]');
        expect(inPost('engin ', 'engineers at play')).toBe('engineers at play');
        expect(inPost('engin at', 'engineers at atoms')).toBe('engineers [at] [at]oms');
        expect(inPost('e', 'every e')).toBe('every [e]');
    });

    it('is no operator and nothing negated', () => {
        expect(inPost('from:ada has:media loom -wool ', 'ada from the loom, media, wool')).toBe(
            'ada from the [loom], media, wool',
        );
        expect(inPost('-"big birds" big ', 'big birds')).toBe('[big] birds');
    });

    it('is a phrase only as a whole, in exactly these forms', () => {
        expect(inPost('"big birds"', 'Big birds; big, birds. birds big. big bird')).toBe(
            '[Big birds]; [big, birds]. birds big. big bird',
        );
        expect(inPost('“big birds', 'big birds')).toBe('[big birds]');
        expect(inPost('e-mail ', 'my e-mail, an e and a mail')).toBe(
            'my [e-mail], an e and a mail',
        );
    });

    it('is the name of a hashtag and of somebody, whole', () => {
        expect(inPost('#loom', '#Loom and #looms')).toBe('#[Loom] and #looms');
        expect(inPost('@ada', 'thanks @ada and adam')).toBe('thanks @[ada] and adam');
    });

    it('needs no spaces where a script has none', () => {
        expect(inPost('日本', '今日は日本語でも')).toBe('今日は[日本]語でも');
        expect(inPost('ｶﾅ', 'カナ')).toBe('[カナ]');
    });

    it('goes across the borders of texts, and leaves the white space between them', () => {
        const marker = markerOf(postNeedles('"big birds" example '));
        expect(marker?.(['see big', '\n', 'birds at exa', 'mple'])).toEqual([
            [{ begin: 4, end: 7 }],
            [],
            [
                { begin: 0, end: 5 },
                { begin: 9, end: 12 },
            ],
            [{ begin: 0, end: 4 }],
        ]);
    });

    it('is nothing for a query without words', () => {
        expect(markerOf(postNeedles('from:ada -x'))).toBeNull();
    });
});

describe('What is marked in a name', () => {
    it('is the beginning of any of its words', () => {
        expect(inName('ma bo', 'Maximiliana Boole (@max)')).toBe('[Ma]ximiliana [Bo]ole (@[ma]x)');
        expect(inName('@max', '@maximiliana')).toBe('@[max]imiliana');
        expect(inName('zoe', 'Zoe\u0301 and Zoë')).toBe('[Zoe\u0301] and [Zoë]');
    });
});

/** A small generator, the same each time. */
function drawer(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
        state = (state * 48_271) % 2_147_483_647;
        return state % below;
    };
}

const ALPHABET = [
    ...'ab ÉßİﬁσςçйA1_\'’"-#@:.\n<>&',
    'e\u0301',
    '日本',
    'か\u3099',
    '👩‍🚀',
    '🇩🇪',
    'from:',
    'ing',
    'running ',
    '\uD83D',
    '\u200D',
];

describe('Any text', () => {
    it('stays what it is, whatever is looked for', () => {
        let marks = 0;
        for (let seed = 1; seed <= 2_000; ++seed) {
            const draw = drawer(seed);
            const text = (length: number): string =>
                Array.from({ length }, () => ALPHABET[draw(ALPHABET.length)]).join('');
            const texts = Array.from({ length: draw(4) + 1 }, () => text(draw(20)));
            const query = text(draw(4) + 1) + texts.join('').slice(draw(3), draw(12) + 3);
            const marker = markerOf(draw(2) === 0 ? postNeedles(query) : nameNeedles(query));
            const all = marker?.(texts) ?? texts.map(() => []);
            expect(all.length).toBe(texts.length);
            texts.forEach((one, index) => {
                const pieces = cut(one, all[index] ?? []);
                expect(pieces.map((piece) => piece.text).join(''), `seed ${seed}`).toBe(one);
                expect(pieces.every((piece) => piece.text !== '')).toBe(true);
                marks += pieces.filter(({ isMarked }) => isMarked).length;
            });
        }
        expect(marks).toBeGreaterThan(500);
    });
});
