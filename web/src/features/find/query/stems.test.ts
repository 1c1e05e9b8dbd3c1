import { describe, expect, it } from 'vitest';
import { sharesStem } from './stems';

describe('sharesStem', () => {
    it.each([
        'bird birds',
        'run running',
        'stop stopped',
        'weave weaving',
        'make making',
        'bake baked',
        'city cities',
        'try tries',
        'happy happily',
        'box boxes',
        'walk walked',
        'engineer engineering',
        'organize organization',
        'hund hunde',
        'zeitung zeitungen',
        'schreiben schreibt',
        'libro libros',
        "ada ada's",
    ])('%s', (pair) => {
        const [a = '', b = ''] = pair.split(' ');
        expect(sharesStem(a, b)).toBe(true);
        expect(sharesStem(b, a)).toBe(true);
    });

    it.each([
        'car care',
        'car card',
        'see seed',
        'king kind',
        'string strong',
        'bring brie',
        'post position',
        'rook rookery',
        'loom lament',
        'is i',
        'st sting',
        '2026 2027',
        'ran run',
    ])('not %s', (pair) => {
        const [a = '', b = ''] = pair.split(' ');
        expect(sharesStem(a, b)).toBe(false);
        expect(sharesStem(b, a)).toBe(false);
    });
});
